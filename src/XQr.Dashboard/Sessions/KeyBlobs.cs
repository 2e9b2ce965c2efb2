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
/// element, such as a revocation. The interface is synchronous; keys are read at the first page of a process and then once a day.
/// </summary>
internal sealed class KeyBlobs(Containers containers) : IXmlRepository
{
    private const string KeyPrefix = "key-";

    private readonly BlobContainerClient container = containers.DataProtection;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. container.GetBlobs().Select(blob => XElement.Load(container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToStream()))];

    /// <summary>
    /// Stores an element. The name of a key is the number of keys before it, so that of two instances that create a key at the same time
    /// only one succeeds. The other one reads all keys again after the creation, as each instance does, and uses the key of the first.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        var name = element.Name.LocalName == "key"
            ? string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{CountKeys() + 1:0000}")
            : friendlyName;
        try
        {
            var options = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } };
            container.GetBlobClient(name).Upload(BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)), options);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412 && name != friendlyName)
        {
            // Another instance has created a key.
        }
    }

    private int CountKeys() => container.GetBlobs(BlobTraits.None, BlobStates.None, KeyPrefix, CancellationToken.None).Count();
}
