namespace RemoteRendering.Sessions.Emulator.Renderer;

/// <summary>Something of a file that is not in its model.</summary>
/// <param name="Code">The kind, as the host protocol names it.</param>
/// <param name="Place">The place in the file: <c>node 3 'arm'</c>.</param>
/// <param name="Text">What is left out, and why.</param>
internal sealed record ModelWarning(string Code, string Place, string Text);
