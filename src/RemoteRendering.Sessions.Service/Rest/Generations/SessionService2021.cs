using System.Globalization;
using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Sessions;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>
/// The session service in its versions 2021-01-01-preview, 2021-01-01 and 2021-08-01-preview, which differ in nothing that concerns
/// sessions.
/// </summary>
internal sealed class SessionService2021(ResponseFactory responses, int pageSize, bool allowFullDayUpdate) : ISessionService
{
    private const string LeaseMember = "maxLeaseTimeMinutes";

    public async ValueTask<ServiceResponse> HandleAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        string? version = QueryText.Value(match.Query, ApiVersions.Parameter);
        if (string.IsNullOrEmpty(version))
        {
            return Refuse(400, "ApiVersionUnspecified", "An API version is required, but was not specified.");
        }

        if (!ResponseFactory.Takes(version))
        {
            return Refuse(
                400, "UnsupportedApiVersion",
                $"The API version '{version}' is not supported. Supported versions are: {responses.SupportedVersions}.");
        }

        return match.Route!.Operation switch
        {
            ServiceOperation.Create => await CreateAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.Read => await ReadAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.Update => await UpdateAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.Stop => await StopAsync(match, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.List => await ListAsync(match, request, version, ledger, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"The 2021-01-01 service has no operation {match.Route.Operation}."),
        };
    }

    private async ValueTask<ServiceResponse> CreateAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        string id = match.SessionId!;
        if (!SessionIdFormat.IsValid(id))
        {
            throw new BodyRefusedException("The session id must have 1 to 256 characters, each a letter, a digit, '-' or '_'.");
        }

        using RequestBody body = RequestBody.Read(request);
        int lease = LeaseRule.Check(LeaseMember, body.Int32(LeaseMember));
        var creation = new SessionCreation(match.AccountId, id, body.Size("size"), lease);
        LedgerResult result = await ledger.CreateAsync(creation, cancellationToken).ConfigureAwait(false);
        return SessionAnswers.ToCreate(creation, result) switch
        {
            SessionAnswer.Created => Session(201, result.Session!, request),
            SessionAnswer.Ok => Session(200, result.Session!, request),
            _ => Refuse(409, "Conflict", result.Session!.IsEnded
                ? $"A session with the id '{id}' has existed; its id cannot be used again while it is remembered."
                : $"A session with the id '{id}' exists already, with other settings."),
        };
    }

    private async ValueTask<ServiceResponse> ReadAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(match.AccountId, match.SessionId!, cancellationToken).ConfigureAwait(false) is not { } session)
        {
            return NotFound(match);
        }

        ServiceResponse response = Session(200, session, request);
        return responses.Shape == ServiceBodyShape.KeysLeftOut ? ResponseFactory.Uncached(response) : response;
    }

    private async ValueTask<ServiceResponse> UpdateAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        using RequestBody body = RequestBody.Read(request);
        int lease = body.Int32(LeaseMember);
        int most = allowFullDayUpdate ? LeaseLimits.MaxMinutes : LeaseLimits.MaxMinutes - 1;
        if (lease > most)
        {
            // The description of the update knows no 400.
            return await ledger.ReadAsync(match.AccountId, match.SessionId!, cancellationToken).ConfigureAwait(false) is null
                ? NotFound(match)
                : Refuse(422, "UnprocessableEntity", $"The {LeaseMember} value must be at most {most}.");
        }

        LedgerResult result = await ledger.ExtendAsync(match.AccountId, match.SessionId!, lease, cancellationToken).ConfigureAwait(false);
        return SessionAnswers.ToExtend(result) switch
        {
            SessionAnswer.Ok => Session(200, result.Session!, request),
            SessionAnswer.NotFound => NotFound(match),
            SessionAnswer.LeaseEnded =>
                Refuse(422, "UnprocessableEntity", $"The session is {result.Session!.State} and its lease cannot be extended."),
            _ => Refuse(422, "UnprocessableEntity", string.Create(
                CultureInfo.InvariantCulture,
                $"The {LeaseMember} value must be greater than the current value of {result.Session!.LeaseMinutes}.")),
        };
    }

    private async ValueTask<ServiceResponse> StopAsync(RouteMatch match, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        LedgerResult result = await ledger.StopAsync(match.AccountId, match.SessionId!, cancellationToken).ConfigureAwait(false);
        return result.Session is null ? NotFound(match) : responses.Success(ServiceGeneration.V2021, 204);
    }

    private async ValueTask<ServiceResponse> ListAsync(
        RouteMatch match, ServiceRequest request, string version, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        long after = SkipToken.Read(QueryText.Value(match.Query, SkipToken.Name));
        SessionPage page = await ledger.ListAsync(match.AccountId, after, pageSize, cancellationToken).ConfigureAwait(false);
        string? next = page.Next is { } number
            ? $"{request.Scheme}://{request.Authority}/accounts/{match.AccountId:D}/sessions?{ApiVersions.Parameter}={version}&"
                + $"{SkipToken.Name}={SkipToken.Write(number)}"
            : null;
        ReadOnlyMemory<byte> body = ServiceJson.Write((page, next, request, responses.Shape), static (json, list) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sessions"u8);
            foreach (SessionSnapshot session in list.page.Sessions)
            {
                SessionWriter2021.Write(json, session, list.request, list.Shape);
            }

            json.WriteEndArray();
            if (list.next is not null)
            {
                json.WriteString("@nextLink"u8, list.next);
            }

            json.WriteEndObject();
        });
        return ResponseFactory.Uncached(responses.Success(ServiceGeneration.V2021, 200, body));
    }

    private ServiceResponse Session(int status, SessionSnapshot session, ServiceRequest request)
        => responses.Success(ServiceGeneration.V2021, status, ServiceJson.Write(
            (session, request, responses.Shape), static (json, answer)
                => SessionWriter2021.Write(json, answer.session, answer.request, answer.Shape)));

    private ServiceResponse NotFound(RouteMatch match)
        => responses.NotFound(ServiceGeneration.V2021, $"The account has no session '{match.SessionId}'.");

    private ServiceResponse Refuse(int status, string code, string message)
        => responses.RefuseWithBody(ServiceGeneration.V2021, status, code, message);
}
