using Azure;

namespace RemoteRendering.Sessions;

/// <summary>The buffered body of a response.</summary>
internal static class ResponseBody
{
    public static ReadOnlyMemory<byte> Bytes(Response response)
    {
        switch (response.ContentStream)
        {
            case null:
                return default;
            case MemoryStream memory when memory.TryGetBuffer(out ArraySegment<byte> buffer):
                return buffer.AsMemory();
            case MemoryStream memory:
                return memory.ToArray();
            case { CanSeek: true } seekable:
                // A body that a transport holds in memory already; the pipeline takes it as buffered and leaves it alone.
                return ReadAll(seekable);
            case { } other:
                // The pipeline does not buffer a body that can be read again and again: some handlers give one.
                var copy = new MemoryStream();
                other.CopyTo(copy);
                copy.Position = 0;
                response.ContentStream = copy;
                return Bytes(response);
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.Position = 0;
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
