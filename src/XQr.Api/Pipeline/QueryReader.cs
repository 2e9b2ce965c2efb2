using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>Reads the parameters of a query as fields, and knows which were read.</summary>
/// <param name="query">The query.</param>
/// <param name="rules">The rules of its parameters.</param>
/// <param name="errors">The list that errors are added to.</param>
internal sealed class QueryReader(IQueryCollection query, FieldRules rules, FieldErrors errors) : IFields
{
    private readonly QueryValues values = new(query, rules, errors);
    private ReadFields read = new(rules);

    public string? Text(string name)
    {
        read.Add(name);
        return values.Text(name);
    }

    public bool? Boolean(string name)
    {
        read.Add(name);
        return values.Boolean(name);
    }

    public double? Number(string name)
    {
        read.Add(name);
        return values.Number(name);
    }

    public int? Integer(string name)
    {
        read.Add(name);
        return values.Integer(name);
    }

    public bool Has(string name)
    {
        read.Add(name);
        return query.ContainsKey(name);
    }

    public bool IsEmpty(string name) => Raw(name) is "";

    public bool IsBlank(string name) => Raw(name) is { } text && string.IsNullOrWhiteSpace(text);

    public bool IsNull(string name) => false;

    public void AddError(string name, string message) => errors.Add(name, message);

    public void RejectUnknownProperties()
    {
        foreach (var name in query.Keys)
        {
            if (!read.Contains(name, static (name, known) => name.Equals(known, StringComparison.OrdinalIgnoreCase))
                && !ParameterNames.IsIgnored(name))
            {
                AddError(name, "has no effect together with the other parameters: leave it out");
            }
        }
    }

    /// <summary>Returns a parameter as it was sent, or null if it is absent or repeated.</summary>
    private string? Raw(string name)
    {
        read.Add(name);
        return query.TryGetValue(name, out var sent) && sent.Count == 1 ? sent[0] : null;
    }
}
