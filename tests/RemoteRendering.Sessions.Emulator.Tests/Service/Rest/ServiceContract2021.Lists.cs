using System.Net;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

/// <content>Lists.</content>
public abstract partial class ServiceContract2021
{
    [Fact]
    public async Task List_HasStartingAndReadyOnly_InPages()
    {
        await using EmulatorSession service = await StartAsync(options => options.PageSize = 2);
        foreach (string id in new[] { "a", "b", "c", "d", "e", "f" })
        {
            await service.PutAsync(id);
        }

        await service.StopAsync("b");
        var pages = new List<string>();
        string? next = service.Account + "/sessions?api-version=2021-01-01";
        while (next is not null)
        {
            using HttpResponseMessage response = await service.Http.GetAsync(next);
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.Equal("no-cache", response.Headers.Pragma.ToString());
            JsonElement page = await EmulatorSession.Json(response);
            pages.Add(
                string.Join(",", page.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("id").GetString())));
            next = page.TryGetProperty("@nextLink", out JsonElement link) ? link.GetString() : null;
            Assert.True(next is null || next.StartsWith(service.Emulator.Endpoint.ToString(), StringComparison.Ordinal));
        }

        Assert.Equal(["a,c", "d,e", "f"], pages);
    }

    [Fact]
    public async Task List_Empty_HasNoNextLink()
    {
        await using EmulatorSession service = await StartAsync();
        Assert.Equal("""{"sessions":[]}""", await (await service.ListAsync()).Content.ReadAsStringAsync());
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await service.SendAsync("GET", service.Account + "/sessions?api-version=2021-01-01&skiptoken=x")).StatusCode);
    }
}
