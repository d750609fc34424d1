using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>
/// Whatever the session service and the token service do: a host that is up is dialled, and nothing that is asked of them comes before the
/// dial.
/// </summary>
[ExpectedLog("ConnectionLinkLost", "TokenExchangeFailed")]
public sealed class ServiceInTroubleTests
{
    private static readonly TimeSpan Away = TimeSpan.FromMilliseconds(500);

    /// <summary>What the service does from the moment when the host goes away.</summary>
    public static TheoryData<string> Troubles
        => [
            "nothing", "hangs", "503", "503 with Retry-After", "429 with Retry-After", "401", "cut", "not JSON",
            "hangs, and the token has expired", "503, and the token has expired"
        ];

    [Theory]
    [MemberData(nameof(Troubles))]
    [Trait("BadDay", "session service hangs, fails or is out of reach")]
    public async Task HostAwayForHalfASecond_IsUsableWithinASecondOfItsReturn(string trouble)
    {
        foreach (double dice in new[] { 0.1, 0.3, 0.5, 0.9, 0.9999 })
        {
            (TimeSpan afterReturn, IReadOnlyList<TimeSpan> attempts) = await LoseAndComeBackAsync(trouble, dice);

            Assert.True(
                afterReturn <= TimeSpan.FromSeconds(1),
                $"'{trouble}' with dice of {dice}: back after {afterReturn}; attempts at {string.Join(", ", attempts)}.");
        }
    }

    /// <summary>
    /// The service costs nothing: with it in trouble the attempts are made at the very moments at which they are made with it in order.
    /// </summary>
    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task HostAway_AttemptsAreMadeAtTheSameMomentsAsWithoutTrouble(string trouble)
    {
        (_, IReadOnlyList<TimeSpan> calm) = await LoseAndComeBackAsync("nothing", 0.7);

        Assert.Equal(calm, (await LoseAndComeBackAsync(trouble, 0.7)).Attempts);
    }

    [Fact]
    [ExpectedLog("ConnectionGivenUp")]
    public async Task HostAwayForLong_ServiceHangs_IsDialledToTheEndOfItsGrace_AndAskedForOnlyNowAndThen()
    {
        var time = new VirtualTimeProvider();
        var host = new FakeHost();
        var service = new ScriptedService { Otherwise = static _ => ScriptedSession.Ready(), Time = time };
        var transport = new AwayTransport(host, time);
        await using RenderingSession session = await ScriptedSession.OpenAsync(transport, service);
        RenderingConnection connection =
            await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken));
        var hung = new HungService(service);
        transport.BackOn = DateTimeOffset.MaxValue;
        transport.Start = time.GetUtcNow();
        host.Link.Cut();

        await AdvanceUntilAsync(time, connection, status => status == ConnectionStatus.Disconnected, TimeSpan.FromSeconds(76));

        RenderingConnectionEnd end = await ConnectionHarness.Within(connection.Completion);
        Assert.Equal(RenderingConnectionReason.GraceExpired, end.Reason);
        Assert.Contains("attempts failed; the last failure: The host is away.", end.Error!.Message, StringComparison.Ordinal);
        Assert.InRange(transport.Attempts.Count, 8, 40);
        Assert.InRange(hung.Reads, 4, 8);
        await ConnectionHarness.UntilAsync(() => hung.Given == hung.Reads);
        Assert.All(hung.Lives, life => Assert.InRange(life.TotalSeconds, 0, 2));
    }

    [Fact]
    [Trait("BadDay", "session has another address")]
    public async Task SessionHasMoved_WhileADialHangs_TheNewAddressIsDialledAtOnce()
    {
        var time = new VirtualTimeProvider();
        string hostname = "old.test";
        var host = new FakeHost();
        var service = new ScriptedService { Otherwise = _ => ScriptedSession.Answer("Ready", hostname: hostname), Time = time };
        await using RenderingSession session = await ScriptedSession.OpenAsync(host, service);
        RenderingConnection connection =
            await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken));
        hostname = "new.test";
        var dialling = new TaskCompletionSource();
        service.Then(async (_, _) =>
        {
            await dialling.Task;
            return ScriptedSession.Answer("Ready", hostname: hostname);
        });
        host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "The host is away."));
        host.DoNext(async (_, token) =>
        {
            dialling.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            throw new InvalidOperationException("Never.");
        });
        DateTimeOffset cut = time.GetUtcNow();

        host.Link.Cut();
        await ConnectionHarness.UntilAsync(() => connection.Status != ConnectionStatus.Connected);
        await AdvanceUntilAsync(time, connection, status => status == ConnectionStatus.Connected, TimeSpan.FromSeconds(1));

        Assert.Equal("new.test", host.Contexts[^1].Address.Host);
        Assert.InRange(time.GetUtcNow() - cut, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static async Task<(TimeSpan AfterReturn, IReadOnlyList<TimeSpan> Attempts)> LoseAndComeBackAsync(string trouble, double dice)
    {
        var time = new VirtualTimeProvider();
        var host = new FakeHost();
        var service = new ScriptedService { Otherwise = static _ => ScriptedSession.Ready(lease: 10_000), Time = time };
        var transport = new AwayTransport(host, time);
        await using RenderingSession session = await ScriptedSession.OpenAsync(transport, service);
        var options = new RenderingConnectionOptions { ReconnectPolicy = new ExponentialReconnectPolicy(new LoadedDice(dice)) };
        RenderingConnection connection =
            await ConnectionHarness.Within(session.ConnectAsync(options, TestContext.Current.CancellationToken));
        Break(service, trouble);
        if (trouble.EndsWith("the token has expired", StringComparison.Ordinal))
        {
            time.Suspend(service.TokenLifetime);
        }

        DateTimeOffset cut = time.GetUtcNow();
        transport.Start = cut;
        transport.BackOn = cut + Away;
        host.Link.Cut();
        await ConnectionHarness.UntilAsync(() => connection.Status != ConnectionStatus.Connected);
        await AdvanceUntilAsync(time, connection, status => status == ConnectionStatus.Connected, TimeSpan.FromSeconds(90));
        return (time.GetUtcNow() - transport.BackOn, transport.Attempts);
    }

    private static void Break(ScriptedService service, string trouble)
    {
        Func<HttpResponseMessage>? answer = trouble.Split(',')[0] switch
        {
            "nothing" => static () => ScriptedSession.Ready(lease: 10_000),
            "503" => static () => ScriptedService.Answer(503),
            "503 with Retry-After" => static () => ScriptedService.Answer(503, headers: ("Retry-After", "60")),
            "429 with Retry-After" => static () => ScriptedService.Answer(429, headers: ("Retry-After", "60")),
            "401" => static () => ScriptedService.Answer(401),
            "not JSON" => static () => ScriptedService.Answer(200, "<html></html>", "text/html"),
            "cut" => static () => throw new HttpRequestException("The connection was cut.", new IOException("cut")),
            _ => null,
        };
        if (answer is null)
        {
            _ = new HungService(service);
        }
        else
        {
            service.Otherwise = _ => answer();
            service.Token = trouble.Contains(',', StringComparison.Ordinal) ? _ => Task.FromResult(answer()) : service.Token;
        }
    }

    /// <summary>Lets virtual time pass, from one wait between attempts to the next: nothing else is due in between.</summary>
    private static async Task AdvanceUntilAsync(
        VirtualTimeProvider time, RenderingConnection connection, Func<ConnectionStatus, bool> isReached, TimeSpan limit)
    {
        DateTimeOffset end = time.GetUtcNow() + limit;
        while (true)
        {
            DateTimeOffset? next = null;
            await ConnectionHarness.UntilAsync(
                () => isReached(connection.Status) || (next = connection.Progress.NextAttemptOn) > time.GetUtcNow());
            if (isReached(connection.Status))
            {
                return;
            }

            Assert.True(next <= end, $"Still {connection.Status} after {limit}: {connection.Progress}");
            await time.PassAsync(next!.Value - time.GetUtcNow());
        }
    }

    private sealed class LoadedDice(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
