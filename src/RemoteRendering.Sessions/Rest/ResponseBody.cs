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
            default:
                // The pipeline buffers every body of ours; a custom policy may have put something else in its place.
                return response.Content.ToMemory();
        }
    }
}
