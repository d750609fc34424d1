using RemoteRendering.Sessions.TestSupport;
namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>One whole life of each kind of lease, as an application with the default level of the log sees it.</summary>
public class LeaseLifeTests
{
    private const string Connected = "Information ConnectionConnected: This device is connected to session s1.";
    private const string Stopped = "Information SessionStopped: Session s1 was stopped by this client.";
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
        string[] end = stopsRenewal ? ["Information LeaseRenewalStopped: Lease renewal for session s1 was stopped by this client; 00:15:00, between X and Y left.", Stopped] : [Stopped];
        await life.ExpectAsync(
            session,
            [],
            [.. Begin(10), "Information LeaseRenewed: The lease of session s1 was renewed: 00:15:00, between X and Y left.", .. end]);
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
        await life.ExpectAsync(session, [], [.. Begin(5), Connected, "Warning SessionEnded: Session s1 ended: Expired. Its lease of 00:05:00 is over."]);
    }

    [Fact]
    [ExpectedLog("SessionEnded", "LeaseLost")]
    public async Task Expired_AtTheTotalOfARenewal_IsToldBefore_ThenLost_ThenEnded()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, RenderingConnection connection) = await life.ConnectedAsync(10, new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(10 * Minute) });
        await life.RunAsync(connection.Completion);
        await life.Time.PassAsync(5 * Minute);
        await session.DisposeAsync();
        await life.ExpectAsync(
            session,
            ["LeaseLost"],
            [
                .. Begin(10),
                Connected,
                "Information LeaseNotRenewed: The lease of session s1 is not renewed, because it has reached the total that was allowed; 00:10:00, between X and Y left.",
                "Warning LeaseLost: Lease renewal for session s1 ended: LeaseLost; 00:10:00, between X and Y left.",
                "Warning SessionEnded: Session s1 ended: Expired. Its lease of 00:10:00 is over.",
            ]);
    }

    [Fact]
    public async Task RenewalOfAConnection_EndsWithIt_AndIsToldOnce()
    {
        await using LifeFixture life = await LifeFixture.StartAsync();
        (RenderingSession session, _) = await life.ConnectedAsync(10, new RenderingConnectionOptions { LeaseRenewal = new LeaseRenewalOptions(TimeSpan.FromHours(1)) });
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
                "Information LeaseRenewalOfConnectionEnded: Lease renewal for session s1 ended with its connection: DisconnectRequest; 00:10:00, between X and Y left.",
                Stopped,
            ]);
    }

    private static string[] Begin(int minutes)
        => [
            $"Information SessionCreated: Session s1 was created: Standard, with a lease of 00:{minutes:00}:00.",
            $"Information SessionReady: Session s1 is ready on host localhost, with a lease of 00:{minutes:00}:00.",
        ];
}
