using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>The bounds of an answer. New connections after a loss are tested in LinkTroubleTests.</summary>
public sealed class ClientTransportTests
{
    private const int Limit = 16 * 1024 * 1024;

    private readonly VirtualTimeProvider _time = new();

    [Theory]
    [InlineData("16777216", false)]
    [InlineData("16777217", true)]
    [InlineData("9223372036854775807", true)]
    [InlineData("99999999999999999999", false)]
    [InlineData("-1", false)]
    [InlineData("1e9", false)]
    [InlineData("", false)]
    public async Task Body_WhoseAnnouncedLengthIsTooLong_IsNotRead(string length, bool isRefused)
    {
        var answer = new FakeResponse(200, new BufferedStream(new MemoryStream([1])), ("Content-Length", length));

        Exception? exception = await Record.ExceptionAsync(() => SendAsync(answer));

        Assert.Equal(isRefused, exception is InvalidDataException);
        Assert.Equal(isRefused, exception is not null);
        Assert.Equal(!isRefused, answer.ContentStream is BoundedStream);
        Assert.Contains(Limit.ToString(CultureInfo.InvariantCulture), BoundedStream.TooLong().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_InMemory_OrNone_IsLeftAsItIs()
    {
        var memory = new MemoryStream([1]);
        var buffered = new FakeResponse(200, memory, ("Content-Length", "16777217"));
        var empty = new FakeResponse(204);

        await SendAsync(buffered);
        await SendAsync(empty);

        Assert.Same(memory, buffered.ContentStream);
        Assert.Null(empty.ContentStream);
    }

    [Theory]
    [InlineData(null, 15)]
    [InlineData(3, 3)]
    public async Task Body_HasTheTimeoutOfTheMessage_OrThatOfTheClient(int? ofMessage, int seconds)
    {
        var answer = new FakeResponse(200, new BufferedStream(new MemoryStream(new byte[9])));
        await SendAsync(answer, message => message.NetworkTimeout = ofMessage is { } value ? TimeSpan.FromSeconds((double)value) : null);
        Stream body = answer.ContentStream!;

        _time.AdvanceAlone(TimeSpan.FromSeconds((double)seconds) - TimeSpan.FromTicks(1));
        Assert.Equal(1, body.Read(new byte[1], 0, 1));
        _time.AdvanceAlone(TimeSpan.FromTicks(1));

        Assert.Throws<IOException>(() => body.Read(new byte[1], 0, 1));
    }

    [Fact]
    public void Call_ThatBlocks_IsRefused()
        => Assert.Throws<NotSupportedException>(() => Create(new FakeResponse(200)).Process(null!));

    private async Task SendAsync(FakeResponse answer, Action<HttpMessage>? prepare = null)
    {
        ClientTransport transport = Create(answer);
        var message = new HttpMessage(transport.CreateRequest(), new SessionResponseClassifier([200], repeatable: true));
        prepare?.Invoke(message);
        await transport.ProcessAsync(message);
    }

    private ClientTransport Create(FakeResponse answer)
        => new(new FakeTransport(_ => answer), _time, TimeSpan.FromSeconds(15.0), new LinkTrouble(), renew: null);
}
