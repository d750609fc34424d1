using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>
/// A host for one session and one device, just good enough to test a client: binds, resumes, runs each request once, and does what a test
/// tells it. It is its own transport.
/// </summary>
internal sealed class FakeHost : RenderingTransport
{
    private readonly Lock _gate = new();
    private readonly List<FakeLink> _links = [];
    private readonly List<JsonElement> _binds = [];
    private readonly List<RenderingTransportContext> _contexts = [];
    private readonly List<(long Epoch, long Id, string Method)> _runs = [];
    private readonly Dictionary<long, string> _answers = [];
    private readonly List<string> _cancelled = [];
    private readonly Queue<Func<RenderingTransportContext, CancellationToken, Task<RenderingTransportLink>>> _connects = new();
    private readonly Queue<string> _refusals = new();
    private FakeLink? _current;
    private long _epoch;
    private long _link;
    private long _received;

    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Answers nothing but binds; what it got it runs, and answers when asked again.</summary>
    public bool IsMute { get; set; }

    /// <summary>Does not answer binds.</summary>
    public bool IsDeafToBind { get; set; }

    public Action<FakeLink>? OnBound { get; set; }

    /// <summary>The host has made bindings up to this one, with one link.</summary>
    public long Epoch
    {
        set => Read(() => (_epoch, _link) = (value, 1));
    }

    public int Attempts => Read(() => _contexts.Count);

    public IReadOnlyList<RenderingTransportContext> Contexts => Read<IReadOnlyList<RenderingTransportContext>>(() => [.. _contexts]);

    public IReadOnlyList<FakeLink> Links => Read<IReadOnlyList<FakeLink>>(() => [.. _links]);

    public FakeLink Link => Read(() => _links[^1]);

    public IReadOnlyList<JsonElement> Binds => Read<IReadOnlyList<JsonElement>>(() => [.. _binds]);

    public IReadOnlyList<(long Epoch, long Id, string Method)> Runs => Read<IReadOnlyList<(long, long, string)>>(() => [.. _runs]);

    public IReadOnlyList<string> Cancels => Read<IReadOnlyList<string>>(() => [.. _cancelled]);

    /// <summary>The next attempt fails like this.</summary>
    public void FailNext(Exception exception) => DoNext((_, _) => Task.FromException<RenderingTransportLink>(exception));

    public void DoNext(Func<RenderingTransportContext, CancellationToken, Task<RenderingTransportLink>> connect)
    {
        lock (_gate)
        {
            _connects.Enqueue(connect);
        }
    }

    /// <summary>The next bind is answered with this error.</summary>
    public void RefuseNext(int code, string reason, int? retryAfterMs = null)
    {
        string retry = retryAfterMs is { } milliseconds ? $",\"retryAfterMs\":{milliseconds}" : string.Empty;
        lock (_gate)
        {
            _refusals.Enqueue($$$"""{"code":{{{code}}},"message":"No.","data":{"reason":"{{{reason}}}"{{{retry}}}}}""");
        }
    }

    /// <summary>Forgets binding, scene and answers, as a crash does.</summary>
    public void Crash()
    {
        lock (_gate)
        {
            _current = null;
            _answers.Clear();
            _received = 0;
            _link = 0;
            IsCrashed = true;
        }
    }

    public bool IsCrashed { get; private set; }

    public override Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        Func<RenderingTransportContext, CancellationToken, Task<RenderingTransportLink>>? connect = null;
        lock (_gate)
        {
            _contexts.Add(context);
            if (_connects.Count > 0)
            {
                connect = _connects.Dequeue();
            }
        }

        return connect is null ? Task.FromResult<RenderingTransportLink>(MakeLink()) : connect(context, cancellationToken);
    }

    public FakeLink MakeLink()
    {
        var link = new FakeLink(OnMessage);
        lock (_gate)
        {
            _links.Add(link);
        }

        return link;
    }

    private void OnMessage(FakeLink link, RenderingMessageKind kind, byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement message = document.RootElement.Clone();
        string method = message.GetProperty("method").GetString()!;
        switch (method)
        {
            case "bind":
                Bind(link, message.GetProperty("params"));
                break;
            case "keepAlive":
                break;
            case "cancel":
                lock (_gate)
                {
                    _cancelled.Add(text);
                }

                break;
            default:
                Run(link, message.GetProperty("id").GetInt64(), method, message);
                break;
        }
    }

    private void Bind(FakeLink link, JsonElement parameters)
    {
        string answer;
        lock (_gate)
        {
            _binds.Add(parameters);
            if (IsDeafToBind)
            {
                return;
            }

            if (_refusals.Count > 0)
            {
                answer = """{"jsonrpc":"2.0","id":0,"error":""" + _refusals.Dequeue() + "}";
                link.Say(answer);
                link.SayClose(4403);
                return;
            }

            bool resumed = !IsCrashed && _epoch > 0 && parameters.GetProperty("epoch").GetInt64() == _epoch;
            if (!resumed)
            {
                _epoch++;
                _link = 0;
                _received = 0;
                _answers.Clear();
            }

            IsCrashed = false;
            _link++;
            _current = link;
            answer = $$"""
                {"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":{{_epoch}},"link":{{_link}},"resumed":{{(resumed ? "true" : "false")}},"sceneKept":{{(resumed ? "true" : "false")}},
                "received":{{_received}},"graceMs":{{Grace.TotalMilliseconds}},"keepAliveMs":{{KeepAlive.TotalMilliseconds}},"deadAfterMs":{{DeadAfter.TotalMilliseconds}},
                "maxMessageBytes":1048576,"features":["scene"]} }
                """;
        }

        link.Say(answer);
        OnBound?.Invoke(link);
    }

    private void Run(FakeLink link, long id, string method, JsonElement message)
    {
        string answer;
        lock (_gate)
        {
            if (!ReferenceEquals(link, _current))
            {
                return;
            }

            if (id > _received + 1)
            {
                link.SayClose(4400, "gap");
                return;
            }

            if (id == _received + 1)
            {
                _received = id;
                _runs.Add((_epoch, id, method));
                _answers[id] = method switch
                {
                    "echo" => $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{message.GetProperty("params").GetRawText()}}}",
                    "unbind" => $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{}}}}",
                    _ =>
                        $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":{{\"code\":-32601,\"message\":\"No such "
                            + $"method.\",\"data\":{{\"reason\":\"MethodNotFound\"}}}}}}",
                };
            }

            if (IsMute)
            {
                return;
            }

            answer = _answers[id];
        }

        link.Say(answer);
        if (method == "unbind")
        {
            link.SayClose(1000);
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
