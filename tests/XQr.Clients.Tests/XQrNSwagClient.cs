using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Clients.Tests.NSwag;

/// <summary>The setting that a customer makes too: in a PATCH null is not the same as absent.</summary>
public partial class XQrNSwagClient
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
}
