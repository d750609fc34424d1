namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>Reads the result of a request that is answered with bytes. Called on the receiving thread: it must not block.</summary>
internal delegate T HostBytesReader<out T>(ReadOnlySpan<byte> bytes);
