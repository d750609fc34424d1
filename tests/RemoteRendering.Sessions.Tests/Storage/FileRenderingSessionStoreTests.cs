using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Storage;

public sealed class FileRenderingSessionStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rrs-store-").FullName;

    private string File => Path.Combine(_folder, "deep", "last.json");

    [Fact]
    public async Task Save_ThenLoad_GivesTheRecord_AlsoToAnotherStore()
    {
        using var store = new FileRenderingSessionStore(File);
        Assert.Null(await store.LoadAsync());
        await store.SaveAsync(Record("s1"));
        await store.SaveAsync(Record("s2"));
        using var other = new FileRenderingSessionStore(File);
        RenderingSessionRecord record = (await other.LoadAsync())!;
        Assert.Equal("s2", record.SessionId);
        Assert.Equal(Record("s2").Endpoint, record.Endpoint);
        Assert.Equal(Record("s2").AccountId, record.AccountId);
        Assert.Equal(RenderingSessionVmSize.Premium, record.Size);
        Assert.Equal("headset", record.ClientId);
        Assert.Equal("secret-key", record.BindingKey);
        Assert.DoesNotContain("secret-key", record.ToString(), StringComparison.Ordinal);
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"version":2}""")]
    [InlineData(
        """{"version":1,"sessionId":"../x","endpoint":"https://a.b/","accountId":"11111111-2222-3333-4444-555555555555","size":"Standar"""
            + """d","clientId":"c","bindingKey":"k"}""")]
    [InlineData(
        """{"version":1,"sessionId":"s","endpoint":"nowhere","accountId":"11111111-2222-3333-4444-555555555555","size":"Standard","client"""
            + """Id":"c","bindingKey":"k"}""")]
    [InlineData(
        """{"version":1,"sessionId":"s","endpoint":"https://a.b/","accountId":"no","size":"Standard","clientId":"c","bindingKey":"k"}""")]
    [InlineData(
        """{"version":1,"sessionId":"s","endpoint":"https://a.b/","accountId":"11111111-2222-3333-4444-555555555555","size":"""
            + """null,"clientId":"c","bindingKey":"k"}""")]
    public async Task CorruptFile_CountsAsNone(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, content);
        using var store = new FileRenderingSessionStore(File);
        Assert.Null(await store.LoadAsync());
        await store.SaveAsync(Record("s1"));
        Assert.Equal("s1", (await store.LoadAsync())!.SessionId);
    }

    [Fact]
    public async Task FolderThatCannotBeMade_FailsEachSaveAlike()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "deep"), "a file where a folder belongs");
        using var store = new FileRenderingSessionStore(File);
        for (int i = 0; i < 2; i++)
        {
            await ConnectionHarness.Within(Assert.ThrowsAnyAsync<IOException>(() => store.SaveAsync(Record("s"))));
        }

        Assert.Null(await ConnectionHarness.Within(store.LoadAsync()));
    }

    [Fact]
    public async Task HugeFile_CountsAsNone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, new string(' ', 65 * 1024));
        using var store = new FileRenderingSessionStore(File);
        Assert.Null(await store.LoadAsync());
    }

    [Fact]
    public async Task File_IsForItsUserAlone()
    {
        using var store = new FileRenderingSessionStore(File);
        await store.SaveAsync(Record("s1"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public async Task Clear_DeletesTheFile_AndIsLegalTwice()
    {
        using var store = new FileRenderingSessionStore(File);
        await store.ClearAsync();
        await store.SaveAsync(Record("s1"));
        await store.ClearAsync();
        await store.ClearAsync();
        Assert.Null(await store.LoadAsync());
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Save_Cancelled_LeavesTheOldRecord()
    {
        using var store = new FileRenderingSessionStore(File);
        await store.SaveAsync(Record("s1"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SaveAsync(Record("s2"), new CancellationToken(canceled: true)));
        Assert.Equal("s1", (await store.LoadAsync())!.SessionId);
    }

    [Fact]
    public async Task SavesAtOnce_LeaveOneWholeRecord()
    {
        using var store = new FileRenderingSessionStore(File);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.SaveAsync(Record("s" + i))));
        Assert.StartsWith("s", (await store.LoadAsync())!.SessionId, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RenderingSessionRecord Record(string id)
        => new(
            id, new Uri("https://remoterendering.test.mixedreality.example"), new Guid("11111111-2222-3333-4444-555555555555"),
            RenderingSessionVmSize.Premium, "headset", "secret-key");
}
