using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using XQr.Api.Storage;

namespace XQr.Server.Commands;

/// <summary>Represents the file for programs that start the server. Properties that do not apply are absent.</summary>
internal sealed partial record ReadyFile(string BaseUrl, string? ApiKey, string? WorkspaceId, string? StorageConnectionString)
{
    // No browser reads the file, so a plus in a key is not escaped.
    private static readonly Json Plain = new(
        new JsonSerializerOptions(Json.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Checks before the start that the file can be written.</summary>
    /// <exception cref="StartFailedException">The file cannot be written.</exception>
    public static void CheckWritable(string path)
    {
        try
        {
            PrivateFile.CheckWritable(Path.GetFullPath(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartFailedException(
                $"--ready-file: '{path}' can't be written. {exception.Message.TrimEnd('.')}. "
                + "Choose a file in a folder that this user can write to.",
                exception);
        }
    }

    /// <summary>Writes the file.</summary>
    public static Task WriteAsync(string path, string address, StartupWorkspace start, IServiceProvider services, CancellationToken cancellationToken)
    {
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var content = new ReadyFile(address, start.Key, start.WorkspaceId, storage.ConnectionString);
        return PrivateFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(content, Plain.ReadyFile), cancellationToken);
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true)]
    [JsonSerializable(typeof(ReadyFile))]
    private sealed partial class Json : JsonSerializerContext;
}
