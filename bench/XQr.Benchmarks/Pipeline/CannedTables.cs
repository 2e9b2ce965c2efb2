using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Benchmarks.Pipeline;

/// <summary>
/// Responds to calls to table storage in the pipeline of the client library: reads return the added rows, writes return a new version. So the
/// measurement has the application and the client library, but no storage.
/// </summary>
internal sealed class CannedTables : HttpPipelinePolicy
{
    private const string OperationStart = "Content-Type: application/http";

    private readonly Dictionary<string, byte[]> rows = new(StringComparer.Ordinal);

    /// <summary>Adds a row.</summary>
    /// <param name="path">The path of a read: <c>Table(PartitionKey='…',RowKey='…')</c>.</param>
    /// <param name="json">The row, with its OData types.</param>
    public void Add(string path, string json) => rows[path] = Encoding.UTF8.GetBytes(json);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Process(message, pipeline);
        return ValueTask.CompletedTask;
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var path = Uri.UnescapeDataString(message.Request.Uri.Path);
        var name = path[(path.LastIndexOf('/') + 1)..];
        message.Response = message.Request.Method switch
        {
            var method when method == RequestMethod.Get => rows.TryGetValue(name, out var row) ? new(200, row) : new CannedResponse(404),
            var method when method == RequestMethod.Post && name == "$batch" => Batch(message.Request.Content!),
            _ => new CannedResponse(204),
        };
    }

    private static CannedResponse Batch(RequestContent content)
    {
        using var stream = new MemoryStream();
        content.WriteTo(stream, CancellationToken.None);
        var operations = Encoding.UTF8.GetString(stream.ToArray()).Split(OperationStart).Length - 1;
        var text = new StringBuilder("--all\r\nContent-Type: multipart/mixed; boundary=set\r\n\r\n");
        for (var i = 0; i < operations; i++)
        {
            text.Append($"--set\r\n{OperationStart}\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            text.Append($"HTTP/1.1 204 No Content\r\nETag: {CannedResponse.Version}\r\n\r\n\r\n");
        }

        return new(202, Encoding.UTF8.GetBytes(text.Append("--set--\r\n--all--\r\n").ToString()), "multipart/mixed; boundary=all");
    }
}
