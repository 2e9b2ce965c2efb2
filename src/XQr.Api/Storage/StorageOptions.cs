namespace XQr.Api.Storage;

/// <summary>Options of the storage account (section <c>Xqr:Storage</c>). A connection string or an account name is required.</summary>
public sealed class StorageOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Storage";

    /// <summary>Gets or sets the connection string of Azurite or of an account with shared keys.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Gets or sets the name of an Azure storage account that the machine's Azure identity can use.</summary>
    public string? AccountName { get; set; }

    /// <summary>
    /// Gets or sets the origins whose pages may upload files, separated by commas; <c>*</c> for all. In Azure the deployment sets them.
    /// With a connection string the service sets them at start, and keeps the existing ones if none is given.
    /// </summary>
    /// <value>For example <c>https://dashboard.example,http://localhost:5173</c>.</value>
    public string? UploadOrigins { get; set; }

    internal bool IsConfigured => !string.IsNullOrEmpty(ConnectionString) || !string.IsNullOrEmpty(AccountName);
}
