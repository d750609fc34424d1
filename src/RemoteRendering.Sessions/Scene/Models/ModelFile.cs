namespace RemoteRendering.Sessions.Scene.Models;

/// <summary>Represents a file to send to the host.</summary>
internal sealed class ModelFile(string name, Stream content)
{
    /// <summary>Gets the name of the model, or the name of the file as the model references it.</summary>
    public string Name => name;

    /// <summary>Gets the content, a seekable stream.</summary>
    public Stream Content => content;

    public long Length { get; } = content.Length - content.Position;
}
