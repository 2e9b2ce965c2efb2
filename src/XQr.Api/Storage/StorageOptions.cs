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

    internal bool IsConfigured => !string.IsNullOrEmpty(ConnectionString) || !string.IsNullOrEmpty(AccountName);
}
