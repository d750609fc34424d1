namespace RemoteRendering.Sessions.DependencyInjection.Clients;

/// <summary>Represents the registration of a client by name, with the configuration from code.</summary>
internal sealed class RemoteRenderingRegistration(string name)
{
    public string Name { get; } = name;
}
