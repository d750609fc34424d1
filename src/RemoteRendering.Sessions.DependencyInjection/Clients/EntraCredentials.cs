using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace RemoteRendering.Sessions.DependencyInjection.Clients;

/// <summary>Creates credentials of Azure.Identity, which use the HTTP client of the client.</summary>
internal static class EntraCredentials
{
    public static TokenCredential Create(
        IServiceProvider services, RemoteRenderingCredentialOptions credential, HttpPipelineTransport transport)
    {
        if (credential.Custom is not null)
        {
            return credential.Custom(services);
        }

        switch (credential.EffectiveKind)
        {
            case RemoteRenderingCredentialKind.ClientSecret:
                return new ClientSecretCredential(
                    credential.TenantId, credential.ClientId, credential.ClientSecret,
                    new ClientSecretCredentialOptions { Transport = transport });
            case RemoteRenderingCredentialKind.ManagedIdentity:
                ManagedIdentityId identity = RemoteRenderingCredentialOptions.Has(credential.ClientId)
                    ? ManagedIdentityId.FromUserAssignedClientId(credential.ClientId)
                    : ManagedIdentityId.SystemAssigned;
                return new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(identity) { Transport = transport });
            default:
                var options = new DefaultAzureCredentialOptions { Transport = transport };
                if (RemoteRenderingCredentialOptions.Has(credential.TenantId))
                {
                    options.TenantId = credential.TenantId;
                }

                if (RemoteRenderingCredentialOptions.Has(credential.ClientId))
                {
                    options.ManagedIdentityClientId = credential.ClientId;
                }

                return new DefaultAzureCredential(options);
        }
    }
}
