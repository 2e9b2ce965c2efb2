using Azure;
using Azure.Identity;
using XQr.Api.Storage;

namespace XQr.Api.Tests.Storage;

public sealed class StorageFailureTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(409, false)]
    [InlineData(412, false)]
    [InlineData(413, false)]
    [InlineData(499, false)]
    public void Status_IsAnOutageWhereTheSameCallMaySucceedLater(int status, bool isOutage)
    {
        Assert.Equal(isOutage, StorageFailure.IsOutage(Failure(status)));
        Assert.True(StorageFailure.IsOfStorage(Failure(status)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    public void Conflict_IsNeitherAnOutageNorPermanent(int status)
    {
        Assert.True(StorageFailure.IsConflict(Failure(status)));
        Assert.False(StorageFailure.IsPermanent(Failure(status)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(413)]
    [InlineData(503)]
    public void OtherStatus_IsNoConflict(int status) => Assert.False(StorageFailure.IsConflict(Failure(status)));

    [Theory]
    [InlineData(400, true)]
    [InlineData(413, true)]
    [InlineData(403, false)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public void Permanent_IsWhatStorageRefusesEachTime(int status, bool isPermanent) =>
        Assert.Equal(isPermanent, StorageFailure.IsPermanent(Failure(status)));

    public static TheoryData<Exception> Outages =>
    [
        new AuthenticationFailedException("No identity."),
        new OperationCanceledException(),
        new HttpRequestException(),
        new IOException(),
        new TimeoutException(),
        new ContentionException("Too many writers."),
        new AggregateException(new HttpRequestException(), new RequestFailedException(503, "Busy.")),
    ];

    [Theory]
    [MemberData(nameof(Outages))]
    public void ExceptionOfTheNetwork_IsAnOutage(Exception exception)
    {
        Assert.True(StorageFailure.IsOutage(exception));
        Assert.False(StorageFailure.IsPermanent(exception));
    }

    [Fact]
    public void OtherException_IsPermanentAndNotOfStorage()
    {
        Assert.False(StorageFailure.IsOutage(new FormatException()));
        Assert.False(StorageFailure.IsOfStorage(new FormatException()));
        Assert.True(StorageFailure.IsPermanent(new FormatException()));
        Assert.False(StorageFailure.IsOutage(new AggregateException(new HttpRequestException(), new FormatException())));
    }

    [Theory]
    [InlineData("TableNotFound", true)]
    [InlineData("ContainerNotFound", true)]
    [InlineData("ResourceNotFound", false)]
    public void MissingTableOrContainer_IsNotSetUp(string code, bool isNotSetUp)
    {
        Assert.Equal(isNotSetUp, StorageFailure.IsNotSetUp(new RequestFailedException(404, "Not found.", code, null)));
        Assert.False(StorageFailure.IsNotSetUp(new FormatException()));
    }

    [Fact]
    public void Code_IsTheStatusAndCodeOfTheAnswer()
    {
        Assert.Equal("404 ResourceNotFound", StorageFailure.CodeOf(new RequestFailedException(404, "Not found.", "ResourceNotFound", null)));
        Assert.Equal("404", StorageFailure.CodeOf(Failure(404)));
        Assert.Null(StorageFailure.CodeOf(Failure(0)));
        Assert.Null(StorageFailure.CodeOf(new FormatException()));
    }

    [Fact]
    public void Explanation_NamesTheCauseInOneLine()
    {
        Assert.Equal(
            "Storage refuses: 403 AuthorizationFailure.",
            StorageFailure.Explain(new RequestFailedException(403, "No.", "AuthorizationFailure", null)));
        Assert.Equal(
            "The Azure identity of this machine can't be used: No identity.",
            StorageFailure.Explain(new AuthenticationFailedException("No identity. \nMore.")));
        Assert.Equal(
            "Storage refuses: 503 ServerBusy. Each call was tried for 30 seconds.",
            StorageFailure.Explain(new RequestFailedException(503, "Later.", "ServerBusy", null)));
        Assert.Equal(
            "Storage can't be reached: Refused. Each call was tried for 30 seconds.",
            StorageFailure.Explain(new AggregateException(new HttpRequestException("Refused."), new HttpRequestException("Again."))));
        Assert.Equal(
            "Storage can't be reached: no response. Each call was tried for 30 seconds.",
            StorageFailure.Explain(new AggregateException(new TaskCanceledException(), new TaskCanceledException())));
        Assert.Null(StorageFailure.Explain(new FormatException()));
    }

    private static RequestFailedException Failure(int status) => new(status, "As the test wants.");
}
