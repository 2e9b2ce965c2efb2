namespace XQr.Api.Storage;

/// <summary>Where the data is kept (section <c>Xqr:Storage</c>). One of the two is needed.</summary>
public sealed class StorageOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Storage";

    /// <summary>A storage connection string: Azurite, or an account with shared keys.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The name of an Azure storage account that is reached with the machine's Azure identity.</summary>
    public string? AccountName { get; set; }

    /// <summary>The origins whose pages may upload files, with commas between them; <c>*</c> for all. Where the deployment declares the
    /// storage, it declares these too; with a connection string they are set at the start, and left as they are where none is named.</summary>
    /// <value>For example <c>https://dashboard.example,http://localhost:5173</c>.</value>
    public string? UploadOrigins { get; set; }

    internal bool IsConfigured => !string.IsNullOrEmpty(ConnectionString) || !string.IsNullOrEmpty(AccountName);
}
