using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>
/// A link on a wire whose other end is the test, with its binding and a clock that the test moves. Keep-alive 5 s, dead after 15 s.
/// </summary>
internal sealed class LinkFixture : IAsyncDisposable
{
    private readonly List<HostLink> _links = [];
    private readonly List<FakeLink> _wires = [];

    public LinkFixture() => MakeLink();

    public HandClock Time { get; } = new();

    public LogCollector Log { get; } = new();

    public HostBinding Binding { get; } = new();

    public HostLink Link => _links[^1];

    public FakeLink Wire => _wires[^1];

    /// <summary>Runs while a message is being sent; may throw.</summary>
    public Action<string>? OnSend { get; set; }

    public List<(string Reason, TimeSpan Left)> Announced { get; } = [];

    public BindRequest Request { get; } = new("my-session", DeviceIdentity.Create("headset-7"));

    /// <summary>The messages of the client on the newest wire, without the bind.</summary>
    public IEnumerable<string> Sent => Wire.Sent.Skip(1);

    public static string Cancel(long id) => $$$"""{"jsonrpc":"2.0","method":"cancel","params":{"id":{{{id}}}}}""";

    public static string KeepAlive(long answered) => $$$"""{"jsonrpc":"2.0","method":"keepAlive","params":{"answered":{{{answered}}}}}""";

    public static string Echo(long id) => $$"""{"jsonrpc":"2.0","method":"echo","id":{{id}}}""";

    public static string Goodbye(int afterMs, string word = "TakenOver")
        => $$$"""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"{{{word}}}","comeBack":false,"afterMs":{{{afterMs}}}}}""";

    public static byte[] Bytes(long id, int length)
    {
        byte[] frame = new byte[length];
        frame[0] = HostFrameKind.Answer;
        HostFrameHead.WriteId(frame, (ulong)id);
        frame.AsSpan(HostFrameHead.Bytes).Fill((byte)'x');
        return frame;
    }

    public static ConnectionFailure Failure(string message = "Enough.") => new(null, RenderingConnectionReason.ConnectionLost, message);

    /// <summary>Another link on the same binding.</summary>
    public void MakeLink()
    {
        _wires.Add(new FakeLink((_, _, bytes) => OnSend?.Invoke(System.Text.Encoding.UTF8.GetString(bytes))));
        _links.Add(new HostLink(Wire, Binding, Time, Log));
    }

    public async Task<BindAnswer> BindAsync(int maxMessageBytes = 1024 * 1024, int deadAfterMs = 15_000)
    {
        Task<BindAnswer> binding = Link.BindAsync(Request, TestContext.Current.CancellationToken);
        string resumed = Binding.Answer is null ? "false" : "true";
        Wire.Say($$$"""
            {"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":1,"link":{{{_links.Count}}},"resumed":{{{resumed}}},"sceneKept":{{{resumed}}},"received":0,
            "graceMs":60000,"keepAliveMs":5000,"deadAfterMs":{{{deadAfterMs}}},"maxMessageBytes":{{{maxMessageBytes}}} } }
            """);
        return await ConnectionHarness.Within(binding);
    }

    /// <summary>Lets the next timer run, and what it starts on the thread pool.</summary>
    public async Task TickAsync()
    {
        Time.Tick();
        await Quiescence.WaitAsync();
    }

    public async Task ServeAsync(int deadAfterMs = 15_000)
    {
        BindAnswer answer = await BindAsync(deadAfterMs: deadAfterMs);
        Binding.Attach(Link, answer);
        Serve(answer);
        await HeardAsync();
    }

    /// <summary>Serves the link, which sends what waits on the thread pool.</summary>
    public void Serve(BindAnswer answer)
    {
        Link.Serve(answer, (goodbye, rest) => Announced.Add((goodbye.Reason, rest)));
        Quiescence.WaitHere();
    }

    public NotedRequest Submit()
    {
        var request = new NotedRequest();
        Binding.Submit(request);
        return request;
    }

    /// <summary>The host says something, and the link has dealt with it when this returns.</summary>
    public async Task SayAsync(string json)
    {
        Wire.Say(json);
        await HeardAsync();
    }

    public Task HeardAsync() => ConnectionHarness.UntilAsync(() => Wire.HasHeardAll);

    public Task<ConnectionFailure> EndAsync() => ConnectionHarness.Within(Link.Completion);

    public async ValueTask DisposeAsync()
    {
        foreach ((HostLink link, FakeLink wire) in _links.Zip(_wires))
        {
            link.End(Failure());
            wire.ReceiveGate?.TrySetResult();
            wire.CloseGate?.TrySetResult();
            if (wire.Receives > 0)
            {
                await ConnectionHarness.Within(link.Finished);
            }

            Assert.True(wire.IsAborted);
        }

        Assert.Equal(0, Time.Running);
    }
}
