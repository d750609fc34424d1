namespace RemoteRendering.Sessions.Protocol.Json;

/// <summary>Removes the byte order mark that some servers send before a body. It belongs to the encoding and not to the JSON.</summary>
internal static class ByteOrderMark
{
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> text) => text.Slice(LengthIn(text));

    public static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> text) => text.Slice(LengthIn(text.Span));

    private static int LengthIn(ReadOnlySpan<byte> text)
        => text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;
}
