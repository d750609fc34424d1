namespace RemoteRendering.Sessions.Benchmarks;

internal sealed class KeepAliveAllocationFigure : Figure
{
    private const int WarmUp = 2_000;
    private const int KeepAlives = 5_000;

    public override string Name => "keep-alive-allocation";

    public override string Meaning
        => "bytes that one keep-alive sent and one heard allocate on the client, over a transport that allocates nothing itself";

    public override async Task<IReadOnlyList<FigurePart>> MeasureAsync()
    {
        TimeSpan period = TimeSpan.FromMilliseconds(100);
        var clock = new StillClock();
        var transport = new ScriptedTransport(period);
        RemoteRenderingClientOptions options = OurRest.Options(CannedService.OneSession());
        options.TimeProvider = clock;
        options.ConnectionTransport = transport;
        RenderingSession session = await OurRest.Client(options).OpenRenderingSessionAsync(CannedService.SessionId);
        RenderingConnection connection = await session.ConnectAsync(new RenderingConnectionOptions { DisconnectTimeout = TimeSpan.Zero });

        int sent = Run(clock, transport.Link, period, WarmUp, out _);
        sent += Run(clock, transport.Link, period, KeepAlives, out long bytes);
        bool held = connection.Status == ConnectionStatus.Connected && sent == WarmUp + KeepAlives;
        Console.WriteLine(
            FormattableString.Invariant($"  {bytes:N0} B for {KeepAlives:N0} keep-alives each way; {sent:N0} were sent in all"));
        await session.DisposeAsync();
        return [FigurePart.AtMost((double)bytes / KeepAlives, " B", 0, "0.##"), FigurePart.Rule("one sent in every period", held)];
    }

    private static int Run(StillClock clock, ScriptedLink link, TimeSpan period, int count, out long bytes)
    {
        int sent = link.Sent;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            clock.Advance(period);
            link.Deliver("{\"jsonrpc\":\"2.0\",\"method\":\"keepAlive\",\"params\":{\"received\":0}}"u8);
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return link.Sent - sent;
    }
}
