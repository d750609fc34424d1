namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>Finds what the service answers to the result of an operation of the ledger, by the table.</summary>
internal static class SessionAnswers
{
    /// <summary>The answer to a creation. One that asks for what is there is a repetition of the one that made it.</summary>
    public static SessionAnswer ToCreate(SessionCreation creation, in LedgerResult result)
    {
        if (result.IsApplied)
        {
            return SessionStateTable.Answer(SessionAction.CreateSame, SessionState.None);
        }

        SessionSnapshot session = result.Session
            ?? throw new InvalidOperationException("The ledger neither created the session nor returned the one that has its id.");
        bool isSame = session.Size == creation.Size
            && (creation.LeaseMinutes == session.CreatedLeaseMinutes || creation.LeaseMinutes == session.LeaseMinutes);
        return SessionStateTable.Answer(isSame ? SessionAction.CreateSame : SessionAction.CreateOther, session.State);
    }

    /// <summary>The answer to an extension.</summary>
    public static SessionAnswer ToExtend(in LedgerResult result) => result.IsApplied
        ? SessionAnswer.Ok
        : SessionStateTable.Answer(SessionAction.ExtendNotLarger, result.Session?.State ?? SessionState.None);
}
