namespace XQr.Api.Tenancy;

/// <summary>The result of a change of a member.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Member">The member after the change, or before its removal.</param>
internal readonly record struct MemberChange(MemberOutcome Outcome, Member? Member = null);

/// <summary>The outcome of a change of a member.</summary>
internal enum MemberOutcome
{
    /// <summary>The change is done.</summary>
    Done,

    /// <summary>There is no such member.</summary>
    NotFound,

    /// <summary>The member does not have the version that the caller expects.</summary>
    Stale,

    /// <summary>Another member has the address.</summary>
    EmailTaken,

    /// <summary>The workspace would have no owner.</summary>
    LastOwner,

    /// <summary>Only owners appoint, change and remove owners.</summary>
    OwnersOnly,
}
