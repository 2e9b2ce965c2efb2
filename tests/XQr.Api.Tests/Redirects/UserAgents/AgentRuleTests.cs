using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Tests.Redirects.UserAgents;

public sealed class AgentRuleTests
{
    [Theory]
    [InlineData(null, "Name", "an agent", "Name")]
    [InlineData(null, null, "an agent", "")]
    [InlineData("(agent)/[0-9]", null, "an agent/1", "agent")]
    [InlineData("(agent)/[0-9]", "Fixed", "an agent/1", "Fixed")]
    [InlineData("(a[a-z]+)/[0-9]", "The $1 ($1)", "an agent/1", "The agent (agent)")]
    [InlineData("agent( *)", null, "agent  ", "")]
    [InlineData("(agent)/[0-9]", null, "an agent", null)]
    [InlineData("(agent)", null, "an Agent", null)]
    [InlineData("[a-z]+", "Name", "needs one of the strings", null)]
    public void Rule_TellsItsName(string? pattern, string? name, string userAgent, string? expected) =>
        Assert.Equal(expected, new AgentRule(["agent", "other"], pattern, name).Match(userAgent));

    [Fact]
    public void NameOfVisitorsChoice_IsBounded() =>
        Assert.Equal("Other", new AgentRule(["x"], "^(.{0,200})", null).Match(new string('x', 65)));

    [Fact]
    public void EndlessMatch_DoesNotHold() =>
        Assert.Null(new AgentRule(["x"], "^(?:x|xx|x+)+$", "Name").Match(new string('x', 500) + "!"));
}
