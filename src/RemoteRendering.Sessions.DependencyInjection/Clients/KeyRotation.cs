using Azure;
using Microsoft.Extensions.Options;

namespace RemoteRendering.Sessions.DependencyInjection.Clients;

/// <summary>Updates the account key when the configuration is reloaded. The client reads the credential at every exchange.</summary>
internal sealed class KeyRotation : IDisposable
{
    private readonly Dictionary<string, AzureKeyCredential> _keys = new(StringComparer.Ordinal);
    private readonly IDisposable? _subscription;

    public KeyRotation(IOptionsMonitor<RemoteRenderingOptions> options)
    {
        _subscription = options.OnChange(Rotate);
    }

    public void Watch(string name, AzureKeyCredential key)
    {
        lock (_keys)
        {
            _keys[name] = key;
        }
    }

    public void Dispose() => _subscription?.Dispose();

    private void Rotate(RemoteRenderingOptions options, string? name)
    {
        lock (_keys)
        {
            if (_keys.TryGetValue(name ?? string.Empty, out AzureKeyCredential? key)
                && RemoteRenderingCredentialOptions.Has(options.Credential.AccountKey))
            {
                key.Update(options.Credential.AccountKey!);
            }
        }
    }
}
