using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>Shows the emulator's ledger to one update whose effect comes late or never.</summary>
/// <param name="ledger">The emulator's ledger.</param>
/// <param name="effectAfter">How long after the answer a larger lease takes effect; infinite for never.</param>
internal sealed class LateExtensions(InMemorySessionLedger ledger, TimeSpan effectAfter) : ISessionLedger
{
    public ValueTask<LedgerResult> CreateAsync(SessionCreation creation, CancellationToken cancellationToken = default)
        => ledger.CreateAsync(creation, cancellationToken);

    public ValueTask<SessionSnapshot?> ReadAsync(Guid accountId, string sessionId, CancellationToken cancellationToken = default)
        => ledger.ReadAsync(accountId, sessionId, cancellationToken);

    public ValueTask<LedgerResult> ExtendAsync(
        Guid accountId, string sessionId, int leaseMinutes, CancellationToken cancellationToken = default)
        => new(ledger.Extend(accountId, sessionId, leaseMinutes, effectAfter));

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
