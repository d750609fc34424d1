using System.Threading.Channels;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Support;

// snippet: service-journal
/// <summary>Starts a host for each session that is created. A journal must return quickly, so it only queues.</summary>
internal sealed class HostStarter : ISessionJournal
{
    private readonly Channel<SessionSnapshot> _created = Channel.CreateUnbounded<SessionSnapshot>();

    public void SessionCreated(SessionSnapshot session) => _created.Writer.TryWrite(session);

    public void SessionExtended(SessionSnapshot session, int leaseMinutes)
    {
    }

    public void SessionStopped(SessionSnapshot session)
    {
    }

    public void SessionReady(SessionSnapshot session)
    {
    }

    public void SessionFailed(SessionSnapshot session)
    {
    }

    public async Task RunAsync(ISessionLedger ledger, CancellationToken cancellationToken)
    {
        await foreach (SessionSnapshot session in _created.Reader.ReadAllAsync(cancellationToken))
        {
            // Start a host here. When it accepts connections, the session becomes Ready and its lease begins.
            var address = new SessionHostAddress("render-01.example.com", handshakePort: 443, inspectorPort: 8443);
            await ledger.ReportReadyAsync(session.AccountId, session.SessionId, address, cancellationToken);
        }
    }
}
// end snippet
