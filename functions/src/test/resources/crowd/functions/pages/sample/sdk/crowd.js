console.log("sdk");
