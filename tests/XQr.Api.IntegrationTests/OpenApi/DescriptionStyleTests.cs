using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

/// <summary>Keeps the texts of the API's description short and in plain words.</summary>
public sealed partial class DescriptionStyleTests(ServiceFixture service)
{
    private const int MaxSentences = 2;

    /// <summary>Remarks of an operation have room for its effects and its limits, beside the sentence about its scope or role.</summary>
    private const int MaxOperationSentences = 6;

    /// <summary>Words that readers would have to look up in the glossary.</summary>
    private static readonly string[] PrivateWords =
    [
        "believe", "cast", "figured", "figures", "fold", "folded", "folding", "guess", "guilty", "house", "ledger", "look", "looks", "twin",
        "verdict",
    ];

    [Fact]
    public async Task Descriptions_ArePlainSentences()
    {
        var errors = from text in Texts((await ApiDescription.ReadAsync(service.Client)).Root)
                     where text.Name == "description"
                     from error in ErrorsOf(text)
                     select $"{text.Path}: {error}: {text.Text}";

        Assert.Empty(errors);
    }

    [Fact]
    public async Task Summaries_AreTitlesThatBeginWithVerbs()
    {
        var api = await ApiDescription.ReadAsync(service.Client);

        Assert.All(api.Operations, operation => Assert.Matches(
            "^(Change|Check|Confirm|Create|Delete|Enable|Export|Follow|Get|Invite|List|Publish|Remove|Rename|Render|Replace|Revoke|Start|"
            + "Summarise|Unpublish|Update|Upload) .*[^.]$",
            (string?)operation.Operation["summary"]));
    }

    /// <summary>The rules find what they are for.</summary>
    [Theory]
    [InlineData("What creates a link.", "begins with a question word")]
    [InlineData("Whether it works.", "begins with a question word")]
    [InlineData("The time the link expires", "has no full stop")]
    [InlineData("One. Two. Three.", "has more than 2 sentences")]
    [InlineData("The ledger of a link.", "has the private word ledger")]
    public void Error_IsFound(string text, string error) => Assert.Equal([error], ErrorsOf(new("/components", "description", text)));

    [Theory]
    [InlineData("The time the link expires. Null means `never. at. all`, version 3.0 too.")]
    [InlineData("The whereabouts of a link.")]
    public void PlainText_HasNoError(string text) => Assert.Empty(ErrorsOf(new("/components", "description", text)));

    private static IEnumerable<string> ErrorsOf(DescribedText text)
    {
        if (QuestionWord().IsMatch(text.Text))
        {
            yield return "begins with a question word";
        }

        if (!text.Text.EndsWith('.'))
        {
            yield return "has no full stop";
        }

        var plain = Code().Replace(text.Text, "code");
        if (MaxSentencesOf(text.Path) is { } max && SentenceEnd().Count(plain) > max)
        {
            yield return $"has more than {max} sentences";
        }

        foreach (var word in PrivateWords.Where(word => Regex.IsMatch(plain, $@"\b{word}\b", RegexOptions.IgnoreCase)))
        {
            yield return $"has the private word {word}";
        }
    }

    /// <summary>The introduction of the whole API has no bound.</summary>
    private static int? MaxSentencesOf(string path) =>
        path == "/info/description" ? null : Operation().IsMatch(path) ? MaxOperationSentences : MaxSentences;

    /// <summary>Every description and summary, without those in examples, which are data.</summary>
    private static IEnumerable<DescribedText> Texts(JsonNode? node, string path = "") => node switch
    {
        JsonObject members => members.Where(member => member.Key is not ("example" or "examples"))
            .SelectMany(member => TextsOf(member.Key, member.Value, $"{path}/{member.Key.Replace("/", "~1", StringComparison.Ordinal)}")),
        JsonArray items => items.SelectMany((item, index) => Texts(item, $"{path}/{index}")),
        _ => [],
    };

    private static IEnumerable<DescribedText> TextsOf(string name, JsonNode? node, string path) =>
        name is "description" or "summary" && node is JsonValue text ? [new(path, name, (string)text!)] : Texts(node, path);

    [GeneratedRegex("^(How|What|When|Where|Whether|Which|Who|Whom|Whose|Why)\\b")]
    private static partial Regex QuestionWord();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex("\\.(\\s|$)")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex("^/paths/[^/]+/[a-z]+/description$")]
    private static partial Regex Operation();

    private sealed record DescribedText(string Path, string Name, string Text);
}
