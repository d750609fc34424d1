using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Protocol.Host;
namespace RemoteRendering.Sessions.Tests;

public sealed class HostFrameTests
{
    private const string NoneOfThose = "The binary message is none of those that a host sends.";
    private const string NoSense = "The binary message has a head that makes no sense.";

    [Theory]
    [InlineData(HostFrameKind.Answer, 0u, 1L, 0)]
    [InlineData(HostFrameKind.Answer, 0u, 0x1122334455L, 3)]
    [InlineData(HostFrameKind.Preview, 7u, 2L, 3)]
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
        byte[] message = CreateMessage(HostFrameKind.Answer, 0, 1, []).AsSpan(0, length).ToArray();

        Assert.Equal(NoneOfThose, Assert.Throws<FormatException>(() => { _ = HostFrame.Parse(message); }).Message);
    }

    [Theory]
    [InlineData(0, 0, NoneOfThose)]
    [InlineData(0, HostFrameKind.Batch, NoneOfThose)]
    [InlineData(0, 18, NoneOfThose)]
    [InlineData(1, 1, NoneOfThose)]
    [InlineData(2, 1, NoneOfThose)]
    [InlineData(3, 1, NoneOfThose)]
    [InlineData(4, 1, NoSense)]
    [InlineData(8, 0, NoSense)]
    [InlineData(15, 0x80, NoSense)]
    public void Parse_OneByteOfAnAnswerThatIsWrong_IsRefused(int offset, byte value, string sentence)
    {
        byte[] message = CreateMessage(HostFrameKind.Answer, 0, 1, [1, 2, 3]);
        message[offset] = value;

        Assert.Equal(sentence, Assert.Throws<FormatException>(() => { _ = HostFrame.Parse(message); }).Message);
    }

    [Fact]
    public void WriteHead_UsedArray_LeavesNothingOfWhatWasThere()
    {
        byte[] message = [.. Enumerable.Repeat((byte)0xAA, 18)];

        HostFrameHead.Write(message, HostFrameKind.Chunk, 0x01020304);

        Assert.Equal([2, 0, 0, 0, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xAA, 0xAA], message);
    }

    private static byte[] CreateMessage(byte kind, uint argument, long id, byte[] payload)
    {
        var message = new byte[HostFrameHead.Bytes + payload.Length];
        HostFrameHead.Write(message, kind, argument);
        HostFrameHead.WriteId(message, (ulong)id);
        payload.CopyTo(message, HostFrameHead.Bytes);
        return message;
    }
}
