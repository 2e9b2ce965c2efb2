using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Dashboard.Forms;

/// <summary>The fields that several forms have, and the error of a form whose resource has changed.</summary>
internal static class FormFields
{
    public const string Name = "name";
    public const string Description = "description";

    /// <summary>The hidden field with the entity tag of the resource that the form shows.</summary>
    public const string Version = "version";

    /// <summary>Returns an error for people: if someone has changed the resource after the form was opened, with the text of the page.</summary>
    /// <param name="error">The error of the operation.</param>
    /// <param name="changed">The text for a changed resource.</param>
    public static ApiError Explain(this ApiError error, string changed) =>
        error.Status == StatusCodes.Status412PreconditionFailed ? error with { Message = changed } : error;
}
