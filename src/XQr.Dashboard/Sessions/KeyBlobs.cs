using System.Globalization;
using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection.Repositories;
using XQr.Api.Storage;

namespace XQr.Dashboard.Sessions;

/// <summary>
/// Stores the keys that protect cookies and forms. Container <c>data-protection</c>: <c>key-{number}</c> for a key, <c>{name}</c> for another
/// element, such as a revocation. The interface is synchronous, so a thread waits for storage: at the first page of a process, and then
/// once a day.
/// </summary>
internal sealed class KeyBlobs(Containers containers) : IXmlRepository
{
    private readonly BlobContainerClient container = containers.DataProtection;
    private volatile int knownKeys;

    /// <summary>Returns all elements. Costs one transaction, and one for each element.</summary>
    public IReadOnlyCollection<XElement> GetAllElements() => GetAllAsync().GetAwaiter().GetResult();

    /// <summary>
    /// Stores an element. The number of a key follows from the keys that this instance has read, so that of two instances that create a key
    /// at the same time only one succeeds. The other one reads all keys again after the creation, as each instance does, and uses the key
    /// of the first.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName) => StoreAsync(element, friendlyName).GetAwaiter().GetResult();

    private async Task<XElement[]> GetAllAsync()
    {
        var names = await container.GetBlobsAsync().Select(blob => blob.Name).ToListAsync();
        var elements = await Task.WhenAll(names.Select(async name =>
            XElement.Parse((await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString())));
        knownKeys = elements.Count(IsKey);
        return elements;
    }

    private async Task StoreAsync(XElement element, string friendlyName)
    {
        var name = IsKey(element) ? string.Create(CultureInfo.InvariantCulture, $"key-{knownKeys + 1:D4}") : friendlyName;
        try
        {
            var options = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } };
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)), options);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            // Another instance has created a key, or has revoked the same keys.
        }
    }

    private static bool IsKey(XElement element) => element.Name.LocalName == "key";
}
