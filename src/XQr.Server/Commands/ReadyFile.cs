using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using XQr.Api.Storage;

namespace XQr.Server.Commands;

/// <summary>What a program that has started the server wants to know. What doesn't apply is left out.</summary>
internal sealed partial record ReadyFile(string BaseUrl, string? ApiKey, string? WorkspaceId, string? StorageConnectionString)
{
    // No browser reads it, so a plus in a key can stay a plus.
    private static readonly Json Plain = new(
        new JsonSerializerOptions(Json.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Finds out before the start whether the file can be written.</summary>
    /// <exception cref="StartFailedException">It can't.</exception>
    public static void CheckWritable(string path)
    {
        try
        {
            PrivateFile.CheckWritable(Path.GetFullPath(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartFailedException($"--ready-file: '{path}' can't be written. {exception.Message.TrimEnd('.')}. Name a file in a folder that this user may write to.", exception);
        }
    }

    public static Task WriteAsync(string path, string address, FirstStart start, IServiceProvider services, CancellationToken cancellationToken)
    {
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var content = new ReadyFile(address, start.Key, start.WorkspaceId, storage.ConnectionString);
        return PrivateFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(content, Plain.ReadyFile), cancellationToken);
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
    [JsonSerializable(typeof(ReadyFile))]
    private sealed partial class Json : JsonSerializerContext;
}
