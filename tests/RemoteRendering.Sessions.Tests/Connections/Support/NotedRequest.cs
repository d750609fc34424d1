using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A request that writes down what becomes of it, and of its bytes.</summary>
internal sealed class NotedRequest : HostRequest
{
    public NotedRequest(string method = "echo")
        : base(isBinary: false)
        => HostRequestEncoder.Encode<object?>(this, method, null, null);

    /// <summary>A request of so many bytes.</summary>
    public NotedRequest(int length)
        : base(isBinary: false)
        => SetBytes(new byte[length + TailBytes], length);

    public List<string> Results { get; } = [];

    public List<Exception> Failures { get; } = [];

    public List<double> Steps { get; } = [];

    public int Cancels { get; private set; }

    /// <summary>How often the bytes were given back.</summary>
    public int Releases { get; private set; }

    public override void Progress(double value) => Steps.Add(value);

    public override void Complete(ref Utf8JsonReader result) => Results.Add(result.GetString()!);

    public override void CompleteBinary(ReadOnlySpan<byte> result) => Results.Add(Encoding.ASCII.GetString(result.ToArray()));

    public override void Fail(Exception exception) => Failures.Add(exception);

    public override void Cancel(CancellationToken cancellationToken) => Cancels++;

    protected override void Release(byte[] array) => Releases++;
}
