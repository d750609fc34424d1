namespace RemoteRendering.Sessions.DependencyInjection.Clients;

/// <summary>That a client of this name was registered, and what code adds to it.</summary>
internal sealed class RemoteRenderingRegistration(string name)
{
    public string Name { get; } = name;
}
