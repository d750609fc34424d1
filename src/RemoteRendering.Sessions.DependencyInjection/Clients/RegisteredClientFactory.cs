using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RemoteRendering.Sessions.DependencyInjection.Http;
using RemoteRendering.Sessions.DependencyInjection.Internal;
using RemoteRendering.Sessions.DependencyInjection.Options;

namespace RemoteRendering.Sessions.DependencyInjection.Clients;

/// <summary>Creates each registered client when it is first requested, and keeps it: a client holds its handles and its token.</summary>
internal sealed class RegisteredClientFactory(IServiceProvider services) : RemoteRenderingClientFactory
{
    private readonly Dictionary<string, RemoteRenderingClient> _clients = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    public override RemoteRenderingClient GetClient(string name)
    {
        Require.NotNull(name, nameof(name));
        lock (_gate)
        {
            if (!_clients.TryGetValue(name, out RemoteRenderingClient? client))
            {
                client = Create(name);
                _clients.Add(name, client);
            }

            return client;
        }
    }

    private RemoteRenderingClient Create(string name)
    {
        string[] known = [.. services.GetServices<RemoteRenderingRegistration>().Select(registration => registration.Name)];
        if (!known.Contains(name))
        {
            throw new InvalidOperationException(
                $"No remote-rendering client is registered as {Quoted(name)}. Registered: {string.Join(", ", known.Select(Quoted))}. Add "
                    + $"it with services.AddRemoteRendering(...).");
        }

        RemoteRenderingOptions settings = services.GetRequiredService<IOptionsMonitor<RemoteRenderingOptions>>().Get(name);
        TargetService target = TargetService.From(settings);
        HttpPipelineTransport transport = ClientHttp.CreateTransport(services, name);
        RemoteRenderingClientOptions options = CreateOptions(name, settings, target, transport);

        if (EmulatorSetting.IsOn(settings))
        {
            return new RemoteRenderingClient(
                target.Endpoint, target.AccountId, target.AccountDomain, new AzureKeyCredential(EmulatorSetting.AccountKey), options);
        }

        RemoteRenderingCredentialOptions credential = settings.Credential;
        switch (credential.Custom is null ? credential.EffectiveKind : RemoteRenderingCredentialKind.Automatic)
        {
            case RemoteRenderingCredentialKind.AccountKey:
                var key = new AzureKeyCredential(credential.AccountKey!);
                services.GetRequiredService<KeyRotation>().Watch(name, key);
                return new RemoteRenderingClient(target.Endpoint, target.AccountId, target.AccountDomain, key, options);
            case RemoteRenderingCredentialKind.AccessToken:
                // The client reads the expiry from the token.
                return new RemoteRenderingClient(
                    target.Endpoint, target.AccountId, target.AccountDomain,
                    new AccessToken(credential.AccessToken!, DateTimeOffset.MaxValue), options);
            default:
                return new RemoteRenderingClient(
                    target.Endpoint, target.AccountId, target.AccountDomain, EntraCredentials.Create(services, credential, transport),
                    options);
        }
    }

    private RemoteRenderingClientOptions CreateOptions(
        string name, RemoteRenderingOptions settings, TargetService target, HttpPipelineTransport transport)
    {
        var options = new RemoteRenderingClientOptions(settings.ServiceVersion)
        {
            Transport = transport,
            AuthenticationEndpoint = target.AuthenticationEndpoint,
            ClientId = settings.ClientId,
            LoggerFactory = services.GetService<ILoggerFactory>(),
            ConnectionTransport = services.GetService<RenderingTransport>(),
        };
        if (services.GetService<TimeProvider>() is { } time)
        {
            options.TimeProvider = time;
        }

        foreach (ClientConfiguration configuration in services.GetServices<ClientConfiguration>())
        {
            if (configuration.Name == name)
            {
                configuration.Configure(services, options);
            }
        }

        return options;
    }

    private static string Quoted(string name) => name.Length == 0 ? "the default client (no name)" : "'" + name + "'";
}
