using Azure.Data.Tables;
using Azure.Storage.Blobs;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Tenants;

/// <summary>Reads all stored data of a workspace, for comparisons.</summary>
internal static class TenantRows
{
    /// <summary>Returns a line for each row of the workspace's partition, and for each row and blob elsewhere that contains its id.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(XQrApplication application, string workspaceId)
    {
        var lines = new List<string>();
        foreach (var table in application.Service<Tables>().All)
        {
            var filter = table.Name == application.Service<Tables>().Workspaces.Name ? $"PartitionKey eq '{workspaceId}'" : null;
            await foreach (var row in table.QueryAsync<TableEntity>(filter))
            {
                var properties = row.Where(IsContent).OrderBy(property => property.Key, StringComparer.Ordinal);
                var line = $"{table.Name} {string.Join(' ', properties.Select(property => $"{property.Key}={Text(property.Value)}"))}";
                if (line.Contains(workspaceId, StringComparison.Ordinal))
                {
                    lines.Add(line);
                }
            }
        }

        foreach (BlobContainerClient container in application.Service<Containers>().All)
        {
            await foreach (var blob in container.GetBlobsAsync())
            {
                if (blob.Name.Contains(workspaceId, StringComparison.Ordinal))
                {
                    lines.Add($"{container.Name} {blob.Name} {blob.Properties.ETag}");
                }
            }
        }

        return lines;
    }

    /// <summary>Returns whether a property is compared. The use of a key is recorded in the background, at a random time.</summary>
    private static bool IsContent(KeyValuePair<string, object> property) => property.Key is not ("odata.etag" or "Timestamp" or "LastUsedAt");

    private static string Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
}
