using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;
namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class HostFrameTests
{
    private const string InvalidHeader = "The binary frame has an invalid header.";

    [Theory]
    [InlineData(16, 0u, 1L, 0)]
    [InlineData(16, 0u, 0x1122334455L, 3)]
    [InlineData(17, 7u, 2L, 3)]
    public void Parse_WhatAHostSends_IsTakenApart(byte kind, uint argument, long id, int payloadBytes)
    {
        byte[] payload = [.. Enumerable.Range(1, payloadBytes).Select(value => (byte)value)];

        HostFrame frame = HostFrame.Parse(CreateMessage(kind, argument, id, payload));

        Assert.Equal(kind, frame.Kind);
        Assert.Equal(argument, frame.Argument);
        Assert.Equal(id, frame.Id);
        Assert.Equal(payload, frame.Payload.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void Parse_TooShort_IsRefused(int length)
    {
        byte[] message = CreateMessage(16, 0, 1, []).AsSpan(0, length).ToArray();

        Assert.Equal(
            $"The binary frame has {length} bytes; it must have at least 16.",
            Assert.Throws<FormatException>(() => { _ = HostFrame.Parse(message); }).Message);
    }

    [Theory]
    [InlineData(0, 0, "Unexpected binary frame type 0.")]
    [InlineData(0, 1, "Unexpected binary frame type 1.")]
    [InlineData(0, 18, "Unexpected binary frame type 18.")]
    [InlineData(1, 1, InvalidHeader)]
    [InlineData(2, 1, InvalidHeader)]
    [InlineData(3, 1, InvalidHeader)]
    [InlineData(4, 1, InvalidHeader)]
    [InlineData(8, 0, InvalidHeader)]
    [InlineData(15, 0x80, InvalidHeader)]
    public void Parse_OneByteOfAnAnswerThatIsWrong_IsRefused(int offset, byte value, string sentence)
    {
        byte[] message = CreateMessage(16, 0, 1, [1, 2, 3]);
        message[offset] = value;

        Assert.Equal(sentence, Assert.Throws<FormatException>(() => { _ = HostFrame.Parse(message); }).Message);
    }

    [Fact]
    public void WriteHead_UsedArray_LeavesNothingOfWhatWasThere()
    {
        byte[] message = [.. Enumerable.Repeat((byte)0xAA, 18)];

        HostFrameHead.Write(message, 2, 0x01020304);

        Assert.Equal([2, 0, 0, 0, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xAA, 0xAA], message);
    }

    private static byte[] CreateMessage(byte kind, uint argument, long id, byte[] payload)
    {
        var message = new byte[16 + payload.Length];
        HostFrameHead.Write(message, kind, argument);
        HostFrameHead.WriteId(message, (ulong)id);
        payload.CopyTo(message, 16);
        return message;
    }
}
