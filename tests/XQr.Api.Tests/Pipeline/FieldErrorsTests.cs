using System.Text;
using System.Text.Json;
using XQr.Api.Developers;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Tests.Pipeline;

/// <summary>The errors of a hostile body are shorter than the body and need little memory.</summary>
public sealed class FieldErrorsTests
{
    private const int MaxAnswer = 32 * 1024;

    /// <summary>Several times what a reader of the whole body needs, and a fraction of a string for each fault.</summary>
    private const long MaxAllocated = 1024 * 1024;

    [Fact]
    public void ManyErrors_TheFirstHundredAreListedAndTheOthersCounted()
    {
        var errors = new FieldErrors();
        for (var i = 0; i < 1_234; i++)
        {
            errors.Add($"labels[{i}]", "must be a string");
        }

        var error = errors.ToError();

        Assert.Equal(FieldErrors.MaxDetails, error.Details!.AsArray().Count);
        Assert.Equal(
            "labels[0] must be a string; labels[1] must be a string; labels[2] must be a string; and 1,231 more; details lists the first 100.",
            error.Message);
    }

    [Fact]
    public void FewErrors_AreAllListed()
    {
        var errors = new FieldErrors();
        errors.Add("url", "is required");
        errors.Add("url", "is required");
        Assert.Equal("url is required.", errors.ToError().Message);

        errors.Add(new string('x', 119) + "😀😀", "is not a known property");
        Assert.Equal(new string('x', 119) + "…", (string)errors.ToError().Details![1]!["field"]!);
    }

    [Theory]
    [InlineData("""{"labels":[""", "\"\",", "\"\"]}")]
    [InlineData("{", "\"{0}\":1,", "\"x\":1}")]
    [InlineData("""{"labels":["a"],"z":1""", ",\"{0}\":[]", "}")]
    [InlineData("""{"scopes":[""", "1,", "1]}")]
    public void HostileBody_LittleMemoryAndAShortAnswer(string start, string part, string end)
    {
        using var document = JsonDocument.Parse(Fill(start, part, end), new() { AllowDuplicateProperties = true });
        _ = Read(document.RootElement);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Read(document.RootElement);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.NotNull(error);
        Assert.InRange(Encoding.UTF8.GetByteCount(error.Message) + Encoding.UTF8.GetByteCount(error.Details!.ToJsonString()), 1, MaxAnswer);
        Assert.InRange(allocated, 0, MaxAllocated);
    }

    private static readonly FieldRules Rules = FieldRules.Of<CreateLinkRequest>().And<CreateKeyRequest>();

    private static ApiError Read(JsonElement body)
    {
        var errors = new FieldErrors();
        var fields = new JsonFields(body, Rules, errors);
        fields.Labels("labels");
        fields.Texts("scopes", _ => null, 100);
        fields.RejectUnknownProperties();
        return errors.ToError();
    }

    /// <summary>A body of one mebibyte.</summary>
    private static string Fill(string start, string part, string end)
    {
        var body = new StringBuilder(start);
        for (var i = 0; body.Length < BodyMiddleware.MaxBytes - 100; i++)
        {
            body.Append(part.Replace("{0}", $"{i:x}", StringComparison.Ordinal));
        }

        return body.Append(end).ToString();
    }
}
