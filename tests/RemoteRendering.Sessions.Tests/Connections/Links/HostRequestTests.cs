using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class HostRequestTests
{
    [Theory]
    [InlineData(false, HostRequest.TailBytes, RenderingMessageKind.Text)]
    [InlineData(true, 0, RenderingMessageKind.Binary)]
    public void RoomForId_OnlyTextGrowsWithItsId(bool isBinary, int room, RenderingMessageKind kind)
    {
        var request = new Request(isBinary);

        Assert.Equal(room, request.RoomForId);
        Assert.Equal(kind, request.Kind);
    }

    [Fact]
    public void SetId_Text_ClosesTheMessage_WithinTheRoomForIt()
    {
        var request = new Request();
        byte[] bytes = Encoding.UTF8.GetBytes("{\"a\":1");
        Array.Resize(ref bytes, bytes.Length + request.RoomForId);
        request.SetBytes(bytes, bytes.Length - request.RoomForId);

        request.SetId(long.MaxValue);

        Assert.Equal(long.MaxValue, request.Id);
        Assert.Equal("{\"a\":1,\"id\":9223372036854775807}", Encoding.UTF8.GetString(request.Bytes.ToArray()));
        Assert.Equal(request.Bytes.Length, request.Length);
    }

    [Fact]
    public void SetId_Binary_FillsTheHead_AndKeepsTheLength()
    {
        var request = new Request(isBinary: true);
        byte[] bytes = [.. Enumerable.Repeat((byte)0xAA, 17)];
        HostFrameHead.Write(bytes, HostFrameKind.Batch, 5);
        request.SetBytes(bytes, bytes.Length);

        request.SetId(0x0102);

        Assert.Equal([1, 0, 0, 0, 5, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0xAA], request.Bytes.ToArray());
        Assert.Equal(17, request.Length);
    }

    [Fact]
    public void Finish_NobodySends_GivesTheBytesBackOnce()
    {
        var request = new Request();
        byte[] bytes = new byte[64];
        request.SetBytes(bytes, 1);

        request.Finish();
        request.Finish();

        Assert.True(request.IsDone);
        Assert.Same(bytes, Assert.Single(request.Released));
    }

    [Fact]
    public void Finish_WhileLinksSend_GivesTheBytesBackWithTheLastOfThem()
    {
        var request = new Request();
        request.SetBytes(new byte[64], 1);
        request.BeginSending();
        request.BeginSending();

        request.Finish();
        Assert.True(request.IsDone);
        Assert.Empty(request.Released);
        request.EndSending();
        Assert.Empty(request.Released);
        request.EndSending();

        Assert.Single(request.Released);
    }

    [Fact]
    public void EndSending_AnswerStillToCome_KeepsTheBytes()
    {
        var request = new Request();
        request.SetBytes(new byte[64], 1);
        request.BeginSending();

        request.EndSending();
        Assert.False(request.IsDone);
        Assert.Empty(request.Released);

        request.Finish();
        Assert.Single(request.Released);
    }

    [Fact]
    public void CompleteBinary_RequestForJson_IsAProtocolError()
    {
        var request = new Request();

        request.CompleteBinary([1, 2]);

        var failure = Assert.IsType<RenderingConnectionException>(request.Failure);
        Assert.Equal(RenderingConnectionReason.ProtocolError, failure.Reason);
        Assert.Equal("The host answered with bytes; the request requires JSON.", failure.Message);
    }

    [Fact]
    public void Reset_UsedRequest_IsAsNew()
    {
        var request = new Request();
        request.SetBytes(new byte[64], 1);
        request.SetId(9);
        request.IsAbandoned = true;
        request.Finish();

        request.Renew();

        Assert.Equal(0, request.Id);
        Assert.False(request.IsDone);
        Assert.False(request.IsAbandoned);
    }

    private sealed class Request(bool isBinary = false) : HostRequest(isBinary)
    {
        public List<byte[]> Released { get; } = [];

        public Exception? Failure { get; private set; }

        public void Renew() => Reset();

        public override void Complete(ref Utf8JsonReader result)
        {
        }

        public override void Fail(Exception exception) => Failure = exception;

        public override void Cancel(CancellationToken cancellationToken)
        {
        }

        protected override void Release(byte[] array) => Released.Add(array);
    }
}
