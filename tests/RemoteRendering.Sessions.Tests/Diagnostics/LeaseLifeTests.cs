using RemoteRendering.Sessions.Tests.Diagnostics.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>One whole life of each kind of lease, as an application with the default level of the log sees it.</summary>
public class LeaseLifeTests
{
    private const string Connected = "Information ConnectionConnected: Connected to session s1.";
    private const string Stopped = "Information SessionStopped: This client stopped session s1.";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renewed_AndTheRenewalOrTheSessionStopped(bool stopsRenewal)
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        RenderingSession session = await life.ReadyAsync(10);
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)));
        await life.Time.PassAsync(8 * Minute);
        if (stopsRenewal)
        {
            await life.RunAsync(renewal.StopAsync(Token));
        }

        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        string[] end = stopsRenewal
            ? [
                "Information LeaseRenewalStopped: This client stopped lease renewal for session s1. Lease: 00:15:00, between X and Y left.",
                Stopped
            ]
            : [Stopped];
        await life.ExpectAsync(
            session,
            [],
            [.. Begin(10), "Information LeaseRenewed: Renewed the lease of session s1: 00:15:00, between X and Y left.", .. end]);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Expired_WhileConnected_IsToldOnce()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync(5);
        await life.RunAsync(connection.Completion);
        await life.Time.PassAsync(Minute);
        await session.DisposeAsync();
        await life.ExpectAsync(
            session, [], [.. Begin(5), Connected, "Warning SessionEnded: Session s1 ended: Expired. Its lease of 00:05:00 has run out."]);
    }

    [Fact]
    [ExpectedLog("SessionEnded", "LeaseLost")]
    public async Task Expired_AtTheTotalOfARenewal_IsToldBefore_ThenLost_ThenEnded()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life
            .ConnectedAsync(10, new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(10 * Minute) });
        await life.RunAsync(connection.Completion);
        await life.Time.PassAsync(5 * Minute);
        await session.DisposeAsync();
        await life.ExpectAsync(
            session,
            ["LeaseLost"],
            [
                .. Begin(10),
                Connected,
                "Information LeaseNotRenewed: Lease renewal for session s1 does not extend the lease, because it has reached its allowed "
                    + "total. Lease: 00:10:00, between X and Y left.",
                "Warning LeaseLost: Lease renewal for session s1 ended: LeaseLost. Lease: 00:10:00, between X and Y left.",
                "Warning SessionEnded: Session s1 ended: Expired. Its lease of 00:10:00 has run out.",
            ]);
    }

    [Fact]
    public async Task RenewalOfAConnection_EndsWithIt_AndIsToldOnce()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, _) = await life
            .ConnectedAsync(10, new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(TimeSpan.FromHours(1)) });
        await life.RunAsync(session.DisconnectAsync(Token));
        await life.Time.PassAsync(Minute);
        await life.RunAsync(session.StopAsync(Token));
        await session.DisposeAsync();
        await life.ExpectAsync(
            session,
            [],
            [
                .. Begin(10),
                Connected,
                "Information ConnectionEnded: The application ended the connection to session s1: DisconnectRequest.",
                "Information LeaseRenewalOfConnectionEnded: Lease renewal for session s1 ended with its connection: DisconnectRequest. "
                    + "Lease: 00:10:00, between X and Y left.",
                Stopped,
            ]);
    }

    private static string[] Begin(int minutes)
        => [
            $"Information SessionCreated: Created session s1: size Standard, lease 00:{minutes:00}:00.",
            $"Information SessionReady: Session s1 is ready on host localhost: lease 00:{minutes:00}:00.",
        ];
}
