using System.Buffers;
using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Json;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Reads the buffered body of a response.</summary>
internal static class ResponseBody
{
    public delegate T BodyReader<out T>(ReadOnlySpan<byte> body);

    /// <summary>
    /// Passes the body, without a byte order mark, to a reader, which must not keep it: the memory of a body may belong to the transport.
    /// </summary>
    public static T Read<T>(Response response, BodyReader<T> read)
    {
        if (response.ContentStream is not MemoryStream memory || memory.TryGetBuffer(out _))
        {
            return read(ByteOrderMark.Skip(Bytes(response).Span));
        }

        int length = (int)memory.Length;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            memory.Position = 0;
            length = memory.Read(rented, 0, length);
            memory.Position = 0;
            return read(ByteOrderMark.Skip(new ReadOnlySpan<byte>(rented, 0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

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
                // A handler may hold the body in memory: the pipeline treats it as buffered and does not copy it.
                var copy = new MemoryStream();
                other.CopyTo(copy);
                copy.Position = 0;
                response.ContentStream = copy;
                return Bytes(response);
        }
    }
}
