using System.Globalization;
using XQr.Api.Links;
using XQr.Api.Tenancy;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Links;

/// <summary>Tells the recorded changes of a link as sentences.</summary>
internal static class ChangeSentences
{
    private const int MaxShown = 60;

    /// <summary>Returns the changes, newest first.</summary>
    public static IReadOnlyList<LinkChangeModel> Of(LinkHistory history) =>
        [.. history.Changes.Select(change => new LinkChangeModel(change.At, NameOf(change.By), [.. SentencesOf(change)]))];

    private static string NameOf(LinkActor actor) => actor switch
    {
        { Type: ActorType.Operator } or { Name: null } => WorkspaceTexts.Operator,
        { Type: ActorType.Key } => Values.Format(LinkTexts.ChangedByKey, actor.Name),
        _ => actor.Name,
    };

    private static IEnumerable<ChangeSentenceModel> SentencesOf(LinkChange change)
    {
        if (change.Action == LinkAction.Created)
        {
            yield return new("plus", LinkTexts.ChangeCreated);
        }

        foreach (var value in change.Changes.Where(value => value.Field != "labels"))
        {
            yield return SentenceOf(value);
        }

        var labels = change.Changes.Where(value => value.Field == "labels").ToList();
        foreach (var (names, one, many) in new[]
        {
            (labels.Select(value => value.To).OfType<string>().ToList(), LinkTexts.ChangeLabelAdded, LinkTexts.ChangeLabelsAdded),
            (labels.Select(value => value.From).OfType<string>().ToList(), LinkTexts.ChangeLabelRemoved, LinkTexts.ChangeLabelsRemoved),
        })
        {
            if (names.Count > 0)
            {
                yield return new("tag", Values.Format(names.Count == 1 ? one : many, string.Join(", ", names)));
            }
        }
    }

    private static ChangeSentenceModel SentenceOf(FieldChange value) => value switch
    {
        { Field: "destination", From.Length: <= MaxShown, To.Length: <= MaxShown } =>
            new("link", Values.Format(LinkTexts.ChangeDestination, value.From, value.To)),
        { Field: "destination" } => new("link", Values.Format(LinkTexts.ChangeDestinationTo, value.To)),
        { Field: "enabled", To: "true" } => new("play", LinkTexts.ChangeEnabled),
        { Field: "enabled" } => new("pause", LinkTexts.ChangeDisabled),
        { Field: "expires_at", To: { } time } =>
            new("clock", LinkTexts.ChangeExpirySet, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)),
        { Field: "expires_at" } => new("clock", LinkTexts.ChangeExpiryRemoved),
        { Field: "routing_rules", To: "0" } => new("rules", LinkTexts.ChangeRulesRemoved),
        { Field: "routing_rules", From: "0" } => new("rules", LinkTexts.ChangeRulesAdded),
        { Field: "routing_rules" } => new("rules", LinkTexts.ChangeRules),
        _ => new("edit", Values.Format(LinkTexts.ChangeOther, value.Field)),
    };
}
