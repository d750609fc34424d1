using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Tests.Contract;

/// <summary>A ledger whose sessions have their host when their creation is answered, over another one.</summary>
internal sealed class BootedLedger(ISessionLedger ledger) : ISessionLedger
{
    public async ValueTask<LedgerResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default)
    {
        LedgerResult result = await ledger.CreateAsync(creation, cancellationToken);
        return result.IsApplied
            ? await ReportReadyAsync(creation.AccountId, creation.SessionId, null, cancellationToken)
            : result;
    }

    public ValueTask<SessionSnapshot?> ReadAsync(Guid accountId, string sessionId, CancellationToken cancellationToken = default)
        => ledger.ReadAsync(accountId, sessionId, cancellationToken);

    public ValueTask<LedgerResult> ExtendAsync(
        Guid accountId, string sessionId, int leaseMinutes, CancellationToken cancellationToken = default)
        => ledger.ExtendAsync(accountId, sessionId, leaseMinutes, cancellationToken);

    public ValueTask<LedgerResult> StopAsync(Guid accountId, string sessionId, CancellationToken cancellationToken = default)
        => ledger.StopAsync(accountId, sessionId, cancellationToken);

    public ValueTask<SessionPage> ListAsync(Guid accountId, long after, int pageSize, CancellationToken cancellationToken = default)
        => ledger.ListAsync(accountId, after, pageSize, cancellationToken);

    public ValueTask<LedgerResult> ReportReadyAsync(
        Guid accountId, string sessionId, SessionHostAddress? hostAddress, CancellationToken cancellationToken = default)
        => ledger.ReportReadyAsync(accountId, sessionId, hostAddress, cancellationToken);

    public ValueTask<LedgerResult> ReportFailureAsync(
        Guid accountId, string sessionId, SessionFailure failure, CancellationToken cancellationToken = default)
        => ledger.ReportFailureAsync(accountId, sessionId, failure, cancellationToken);
}
