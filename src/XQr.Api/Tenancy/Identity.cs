namespace XQr.Api.Tenancy;

/// <summary>Who somebody is to a provider of sign-in.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The person, for good and only there.</param>
internal sealed record Identity(string Issuer, string Subject);
