namespace RemoteRendering.Sessions.DependencyInjection.Clients;

/// <summary>Represents an action that sets the options of one client.</summary>
internal sealed class ClientConfiguration(string name, Action<IServiceProvider, RemoteRenderingClientOptions> configure)
{
    public string Name { get; } = name;

    public void Configure(IServiceProvider services, RemoteRenderingClientOptions options) => configure(services, options);
}
