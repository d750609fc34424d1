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
            case { } other:
                // A body that a handler holds in memory already: the pipeline takes it as buffered and leaves it alone.
                var copy = new MemoryStream();
                other.CopyTo(copy);
                copy.Position = 0;
                response.ContentStream = copy;
                return Bytes(response);
        }
    }
}
