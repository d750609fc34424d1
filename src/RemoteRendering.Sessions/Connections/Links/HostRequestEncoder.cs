using System.Text.Json;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>Encodes requests, with one writer per thread.</summary>
internal static class HostRequestEncoder
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Encodes a request up to the place of its id.</summary>
    /// <param name="request">The request, which receives the bytes.</param>
    /// <param name="method">The method.</param>
    /// <param name="state">The argument of <paramref name="writeParameters"/>.</param>
    /// <param name="writeParameters">
    /// Writes the parameters as one JSON value; <see langword="null"/> for a method without parameters.
    /// </param>
    public static void Encode<TState>(HostRequest request, string method, TState state, Action<Utf8JsonWriter, TState>? writeParameters)
    {
        var buffer = new PooledBuffer(256);
        try
        {
            // Removed from the cache while in use: the delegate for the parameters may send a request itself.
            Utf8JsonWriter writer = _writer ?? new Utf8JsonWriter(Stream.Null);
            _writer = null;
            writer.Reset(buffer);
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WriteString("method"u8, method);
            if (writeParameters is not null)
            {
                writer.WritePropertyName("params"u8);
                writeParameters(writer, state);
            }

            writer.Flush();
            _ = buffer.GetSpan(HostRequest.TailBytes);
            writer.Reset(Stream.Null);
            _writer = writer;
            byte[] array = buffer.Detach(out int length);
            request.SetBytes(array, length);
        }
        finally
        {
            buffer.Release();
        }
    }
}
