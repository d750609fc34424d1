using System.Buffers.Binary;
using System.Text.Json;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Scene.Support;

/// <summary>A host with a scene for one device: applies batches, answers other requests as a test says. It is its own transport.</summary>
internal sealed class SceneHost : RenderingTransport
{
    private readonly Lock _gate = new();
    private readonly List<FakeLink> _links = [];
    private readonly List<(string Method, JsonElement Parameters)> _requests = [];
    private readonly List<string> _notices = [];
    private readonly Dictionary<long, Action<FakeLink>> _answers = [];
    private readonly List<Action> _held = [];
    private readonly List<int> _batchBytes = [];
    private readonly Dictionary<uint, MemoryStream> _uploads = [];
    private FakeLink? _current;
    private bool _crashed;
    private long _epoch;
    private long _link;
    private long _received;

    public int MaxMessageBytes { get; set; } = 1024 * 1024;

    public string Features { get; set; } = "\"scene\",\"upload\",\"frames\"";

    /// <summary>Gets or sets the states that the host says it does nothing with, as they stand in JSON.</summary>
    public string UnsupportedStates { get; set; } = string.Empty;

    /// <summary>Batches are applied, their answers wait for <see cref="ReleaseAnswers"/>.</summary>
    public bool HoldsBatchAnswers { get; set; }

    /// <summary>The result of a request, or an error when it begins with "error:".</summary>
    public Dictionary<string, Func<JsonElement, string?>> Handlers { get; } = [];

    public HostScene Scene { get; private set; } = new();

    public List<(int Write, uint Entity, int Code)> Refusals { get; } = [];

    public FakeLink Link => Read(() => _links[^1]);

    public IReadOnlyList<FakeLink> Links => Read<IReadOnlyList<FakeLink>>(() => [.. _links]);

    public IReadOnlyList<int> BatchBytes => Read<IReadOnlyList<int>>(() => [.. _batchBytes]);

    public IReadOnlyList<(string Method, JsonElement Parameters)> Requests
        => Read<IReadOnlyList<(string, JsonElement)>>(() => [.. _requests]);

    public IReadOnlyList<string> Notices => Read<IReadOnlyList<string>>(() => [.. _notices]);

    public Dictionary<uint, MemoryStream> Uploads => _uploads;

    public long LastId => Read(() => _received);

    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    public void Crash()
    {
        lock (_gate)
        {
            _crashed = true;
            _current = null;
        }

        Link.Cut();
    }

    public void ReleaseAnswers()
    {
        Action[] held;
        lock (_gate)
        {
            HoldsBatchAnswers = false;
            held = [.. _held];
            _held.Clear();
        }

        foreach (Action answer in held)
        {
            answer();
        }
    }

    public override Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        var link = new FakeLink(OnMessage);
        lock (_gate)
        {
            _links.Add(link);
        }

        return Task.FromResult<RenderingTransportLink>(link);
    }

    public static byte[] Frame(byte kind, uint argument, long id, byte[] payload)
    {
        byte[] frame = new byte[16 + payload.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), argument);
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(8), id);
        payload.CopyTo(frame, 16);
        return frame;
    }

    private void OnMessage(FakeLink link, RenderingMessageKind kind, byte[] bytes)
    {
        if (kind == RenderingMessageKind.Binary)
        {
            Run(link, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)), () => RunFrame(link, bytes));
            return;
        }

        using JsonDocument document = JsonDocument.Parse(bytes);
        JsonElement message = document.RootElement.Clone();
        string method = message.GetProperty("method").GetString()!;
        if (method == "bind")
        {
            Bind(link, message.GetProperty("params"));
        }
        else if (!message.TryGetProperty("id", out JsonElement id))
        {
            lock (_gate)
            {
                _notices.Add(message.GetRawText());
            }
        }
        else
        {
            Run(
                link, id.GetInt64(), ()
                    => RunRequest(
                        link, id.GetInt64(), method, message.TryGetProperty("params", out JsonElement parameters) ? parameters : default));
        }
    }

    public void Answer(long id, Action<FakeLink> answer)
    {
        FakeLink? link;
        lock (_gate)
        {
            _answers[id] = answer;
            link = _current;
        }

        if (link is not null)
        {
            answer(link);
        }
    }

    private void Bind(FakeLink link, JsonElement parameters)
    {
        lock (_gate)
        {
            bool resumed = !_crashed && _epoch > 0 && parameters.GetProperty("epoch").GetInt64() == _epoch;
            if (!resumed)
            {
                _epoch++;
                _link = 0;
                _received = 0;
                _answers.Clear();
                _held.Clear();
                Scene = new HostScene();
            }

            _crashed = false;
            _link++;
            _current = link;
            string kept = resumed ? "true" : "false";
            link.Say($$"""
                {"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":{{_epoch}},"link":{{_link}},"resumed":{{kept}},"sceneKept":{{kept}},"received":{{_received}},
                "graceMs":60000,"keepAliveMs":5000,"deadAfterMs":15000,"maxMessageBytes":{{MaxMessageBytes}},"features":[{{Features}}],"unsupportedStates":[{{UnsupportedStates}}]} }
                """);
        }
    }

    private void Run(FakeLink link, long id, Action run)
    {
        Action<FakeLink>? again = null;
        bool isNew = false;
        lock (_gate)
        {
            if (!ReferenceEquals(link, _current))
            {
                return;
            }

            if (id <= _received)
            {
                _answers.TryGetValue(id, out again);
            }
            else
            {
                Assert.Equal(_received + 1, id);
                _received = id;
                isNew = true;
            }

            if (isNew)
            {
                run();
            }
        }

        again?.Invoke(link);
    }

    private void RunFrame(FakeLink link, byte[] bytes)
    {
        long id = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8));
        uint argument = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4));
        Assert.True(bytes.Length <= MaxMessageBytes);
        if (bytes[0] == 2)
        {
            _uploads[argument].Write(bytes, 16, bytes.Length - 16);
            Answer(id, answering => answering.Say($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{}}"""));
            return;
        }

        Assert.Equal(1, bytes[0]);
        _batchBytes.Add(bytes.Length);
        List<(int Write, uint Entity, int Code)> refused = Scene.Apply(bytes.AsSpan(16), argument);
        Refusals.AddRange(refused);
        string list = string.Join(
            ",",
            refused.Select(
                item => $$"""{"write":{{item.Write}},"entity":{{item.Entity}},"code":{{item.Code}},"reason":"R{{item.Code}}"}"""));
        string result = refused.Count > 0 ? $$"""{"refused":[{{list}}]}""" : "{}";
        void Reply() => Answer(id, answering => answering.Say($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}"""));
        if (HoldsBatchAnswers)
        {
            _held.Add(Reply);
        }
        else
        {
            Reply();
        }
    }

    private void RunRequest(FakeLink link, long id, string method, JsonElement parameters)
    {
        _requests.Add((method, parameters));
        if (method == "beginUpload" && !Handlers.ContainsKey(method))
        {
            uint number = (uint)_uploads.Count + 1;
            _uploads[number] = new MemoryStream();
            Answer(id, answering => answering.Say($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"upload":{{{number}}}}}"""));
            return;
        }

        string? result = Handlers.TryGetValue(method, out Func<JsonElement, string?>? handler) ? handler(parameters) : "{}";
        if (result is null)
        {
            // The test answers.
            return;
        }

        if (result.StartsWith("error:", StringComparison.Ordinal))
        {
            Answer(id, answering => answering.Say($$"""{"jsonrpc":"2.0","id":{{id}},"error":{{result["error:".Length..]}}}"""));
        }
        else if (result.StartsWith("png:", StringComparison.Ordinal))
        {
            byte[] png = System.Text.Encoding.ASCII.GetBytes(result["png:".Length..]);
            Answer(id, answering => answering.SayBinary(Frame(16, 0, id, png)));
        }
        else
        {
            Answer(id, answering => answering.Say($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}"""));
        }
    }
}
