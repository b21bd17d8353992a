from ipaddress import ip_address

import pytest

from app.fetching.networks import why_closed

OPEN = ("8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e")
PRIVATE = (
    "127.0.0.1",
    "127.8.9.1",
    "::1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "fd12::1",
)
NEVER = (
    "0.0.0.0",  # noqa: S104 - an address that is refused
    "0.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.1.1",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "224.0.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::8.8.8.8",
    "::ffff:8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::8.8.8.8",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%2",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
)


@pytest.mark.parametrize("private_open", [False, True])
@pytest.mark.parametrize("address", OPEN)
def test_public_addresses_are_open(address: str, private_open: bool) -> None:  # noqa: FBT001 - a parameter
    assert why_closed(ip_address(address), private_open=private_open) is None


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_opened_by_a_setting(address: str) -> None:
    assert why_closed(ip_address(address), private_open=False) in {"loopback", "private"}
    assert why_closed(ip_address(address), private_open=True) is None


@pytest.mark.parametrize("private_open", [False, True])
@pytest.mark.parametrize("address", NEVER)
def test_no_setting_opens_the_others(address: str, private_open: bool) -> None:  # noqa: FBT001 - a parameter
    assert why_closed(ip_address(address), private_open=private_open) is not None
