using System.Text.Json;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// Reads the result of a request. Called with the reader on the first token of the result, on the receiving thread: it must not block.
/// </summary>
internal delegate T HostResultReader<out T>(ref Utf8JsonReader reader);
