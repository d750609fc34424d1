using System.Text;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>The body of an answer, in each kind of stream that a transport gives.</summary>
public sealed class ResponseBodyTests
{
    private static readonly byte[] s_text = "text"u8.ToArray();
    private static readonly byte[] s_marked = [0xEF, 0xBB, 0xBF, .. s_text];

    /// <summary>A memory stream with a visible buffer, one without, and a stream of another type.</summary>
    public enum Kind
    {
        Visible,
        Hidden,
        Other,
    }

    public static TheoryData<Kind> Kinds => [Kind.Visible, Kind.Hidden, Kind.Other];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_OfAnyStream_IsTheWholeBody_AsOftenAsItIsRead(Kind kind)
    {
        var response = new FakeResponse(200, Body(kind, s_text));

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("text", ResponseBody.Read(response, Text));
            Assert.Equal(s_text, ResponseBody.Bytes(response).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_OfABodyThatWasReadBefore_IsTheWholeBody(Kind kind)
    {
        if (kind == Kind.Other)
        {
            return;
        }

        Stream body = Body(kind, s_text);
        body.Position = 4;

        Assert.Equal("text", ResponseBody.Read(new FakeResponse(200, body), Text));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_OfABodyWithAMark_IsWithoutIt_AndBytesAreAll(Kind kind)
    {
        var response = new FakeResponse(200, Body(kind, s_marked));

        Assert.Equal("text", ResponseBody.Read(response, Text));
        Assert.Equal(s_marked, ResponseBody.Bytes(response).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_OfAnEmptyBody_IsEmpty(Kind kind)
    {
        var response = new FakeResponse(200, Body(kind, []));

        Assert.Empty(ResponseBody.Read(response, Text));
        Assert.True(ResponseBody.Bytes(response).IsEmpty);
    }

    [Fact]
    public void Read_WithoutABody_IsEmpty()
    {
        Assert.Empty(ResponseBody.Read(new FakeResponse(204), Text));
        Assert.True(ResponseBody.Bytes(new FakeResponse(204)).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_WhoseReaderThrows_CanBeReadAgain(Kind kind)
    {
        var response = new FakeResponse(200, Body(kind, s_text));

        Assert.Throws<FormatException>(() => ResponseBody.Read<int>(response, static _ => throw new FormatException()));
        Assert.Equal("text", ResponseBody.Read(response, Text));
    }

    [Fact]
    public void Bytes_OfAPartOfABuffer_AreThatPart()
    {
        byte[] buffer = "xxtextxx"u8.ToArray();
        var response = new FakeResponse(200, new MemoryStream(buffer, 2, 4, writable: false, publiclyVisible: true));

        Assert.Equal(s_text, ResponseBody.Bytes(response).ToArray());
    }

    private static string Text(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body.ToArray());

    private static Stream Body(Kind kind, byte[] bytes) => kind switch
    {
        Kind.Visible => new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true),
        Kind.Hidden => new MemoryStream(bytes),
        _ => new BufferedStream(new MemoryStream(bytes)),
    };
}
